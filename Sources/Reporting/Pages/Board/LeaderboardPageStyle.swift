extension PageStyle {
  /// What the leaderboard's page has besides: its tables and the drawings over time.
  static let leaderboard = #"""
    :root{--s0:#24659b;--s1:#b5541c;--s2:#2a7d4f;--s3:#8a3f8f;--s4:#8a6a00;--s5:#b02a5b;--rest:#7b858f}
    @media (prefers-color-scheme:dark){:root{--s0:#85b9e2;--s1:#f0a070;--s2:#78cf9f;--s3:#cf97d4;
    --s4:#d9bd5a;--s5:#ef8fb1;--rest:#87919b}}
    .board+.board,.trend+.board{margin-top:2rem}
    .board h3{margin-top:0}
    .board table,.summary{width:100%}
    .board th[scope=row],.summary th[scope=row]{min-width:8rem}
    .board .plot{width:auto;min-width:9rem}
    .board .warning{font-size:.8125rem;padding:.05rem .4rem;border-radius:.6rem;white-space:nowrap}
    .board th:first-child,.summary th:first-child{position:sticky;left:0;background:var(--back)}
    .ends{display:flex;justify-content:space-between;font-variant-numeric:tabular-nums}
    .interval.best .band{fill:var(--fill)}
    .published th,.published td,.board.published h3{color:var(--soft)}
    .toggle{margin-top:.8rem;font-size:.9375rem}
    .toggle input{width:1rem;height:1rem;vertical-align:-.1em;accent-color:var(--accent)}
    body:has(#published:not(:checked)) .published{display:none}
    .trend{margin-top:1.1rem;max-width:46rem}
    .trend .plane{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.6rem}
    .trend .ends{flex-direction:column;font-size:.8125rem;color:var(--soft);text-align:right}
    .trend .plane svg{width:100%;height:9rem;overflow:visible}
    .trend .ticks{display:flex;justify-content:space-between;gap:1rem;font-size:.8125rem;
    color:var(--soft);margin-top:.3rem}
    .trend .names{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.875rem;
    margin-top:.4rem}
    .swatch{display:inline-block;width:.7rem;height:.7rem;margin-right:.35rem}
    .trend figcaption{font-size:.875rem;color:var(--soft);margin-top:.2rem}
    @media (max-width:48rem){.board td,.summary td{white-space:nowrap}}
    .line,.dot{fill:none;stroke:var(--colour);stroke-width:1.5;vector-effect:non-scaling-stroke}
    .dot{stroke-width:8;stroke-linecap:round}
    circle{fill:var(--colour)}
    .s0{--colour:var(--s0)}.s1{--colour:var(--s1)}.s2{--colour:var(--s2)}.s3{--colour:var(--s3)}
    .s4{--colour:var(--s4)}.s5{--colour:var(--s5)}.rest{--colour:var(--rest)}

    """#
}
