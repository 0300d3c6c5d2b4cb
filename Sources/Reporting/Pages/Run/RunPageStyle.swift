extension PageStyle {
  /// What a run's page has besides: the headline, the histogram, the samples.
  static let run = #"""
    .headline{margin-top:.9rem;display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .6rem}
    .headline .value{font-size:2.4rem;line-height:1.1;font-weight:650;letter-spacing:-.02em;
    font-variant-numeric:tabular-nums}
    .headline .name{font-weight:600}
    .histogram{max-width:46rem}
    .histogram svg{width:100%;height:9rem}
    .histogram .mean{stroke:var(--accent);stroke-width:1.5}
    .histogram rect:hover{fill:var(--accent)}
    .ticks{display:flex;justify-content:space-between;font-size:.8125rem;color:var(--soft);
    font-variant-numeric:tabular-nums;margin-top:.25rem}
    .ticks span{width:3rem;text-align:center}
    .ticks span:first-child{text-align:left}
    .ticks span:last-child{text-align:right}
    figcaption{font-size:.875rem;color:var(--soft);margin-top:.35rem}
    .problems{list-style:none}
    .problems li+li{margin-top:.8rem;padding-top:.8rem;border-top:1px solid var(--line)}
    .problems .note{margin-top:.1rem}
    .filters{margin-top:.75rem}
    .verdicts{border:0;display:flex;flex-wrap:wrap;gap:.4rem;min-width:0}
    .verdicts input{position:absolute;opacity:0;pointer-events:none}
    .verdicts span{display:block;padding:.2rem .75rem;border:1px solid var(--line);border-radius:1rem;
    cursor:pointer}
    .verdicts b{font-weight:400;color:var(--soft);font-variant-numeric:tabular-nums}
    .verdicts input:checked+span{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
    .verdicts input:focus-visible+span{outline:2px solid var(--accent);outline-offset:2px}
    .fields{display:flex;flex-wrap:wrap;gap:.6rem 1rem;margin-top:.8rem}
    .fields label{color:var(--soft);font-size:.8125rem;flex:1 1 11rem;min-width:0;max-width:22rem}
    .fields input,.fields select{display:block;width:100%;min-width:0;margin-top:.15rem;
    padding:.35rem .5rem;font-size:1rem;color:var(--ink);background:var(--back);
    border:1px solid var(--strong);border-radius:6px}
    .pager{display:flex;align-items:center;justify-content:space-between;gap:.75rem;margin:1rem 0}
    .pager .status{color:var(--soft);font-size:.875rem;text-align:center;
    font-variant-numeric:tabular-nums}
    .sample{display:grid;grid-template-columns:16rem minmax(0,1fr);gap:.5rem 1.5rem;
    padding:1.1rem 0;border-top:1px solid var(--line)}
    .sample.wide,.sample.bare{grid-template-columns:minmax(0,1fr)}
    .sample.wide .media{max-width:46rem}
    .sample.pair{grid-template-columns:22rem minmax(0,1fr)}
    .sample.pair .media{display:grid;grid-template-columns:1fr 1fr;gap:.4rem;align-content:start}
    .sample:target,.sample.chosen{background:var(--panel);margin:0 -.75rem;padding-left:.75rem;
    padding-right:.75rem;border-radius:6px}
    .sample h3{margin:0;display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .75rem;
    font-size:.875rem;font-weight:400;font-variant-numeric:tabular-nums}
    .sample h3 a{color:var(--soft)}
    .verdict{font-weight:650}
    .verdict.right{color:var(--right)}.verdict.partly{color:var(--partly)}
    .verdict.wrong{color:var(--wrong)}
    .input{margin-top:.3rem;font-size:1.0625rem;font-weight:600}
    .sample dl{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.2rem .75rem;
    margin-top:.4rem;font-size:.9375rem}
    .sample dd ul,.sample dd ol{list-style:none}
    .times{color:var(--soft);font-variant-numeric:tabular-nums}
    .candidates li,.scores li{display:flex;gap:.75rem;font-variant-numeric:tabular-nums}
    .sample dd .ranking{list-style:decimal inside}
    .candidates .score{color:var(--soft);min-width:4.5rem;text-align:right}
    .scores{display:flex;flex-wrap:wrap;gap:0 1rem}
    .frame{position:relative;width:100%;border-radius:4px;overflow:hidden;background:var(--panel)}
    .frame img{display:block;width:100%;height:auto}
    .frame svg{position:absolute;inset:0;width:100%;height:100%}
    .absent{display:grid;place-items:center;min-height:6rem;padding:.75rem;color:var(--soft);
    font-size:.8125rem;text-align:center;overflow-wrap:anywhere}
    .box{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
    .halo{stroke:#fff;stroke-width:4;stroke-opacity:.75}
    .true-box{stroke:#12844a;stroke-dasharray:6 4}
    .predicted-box{stroke:#d1471f}
    .legend{display:flex;gap:1rem;margin-top:.25rem;font-size:.8125rem;color:var(--soft)}
    .legend svg{display:inline-block;width:1.6rem;height:.6rem;margin-right:.35rem}
    @media (max-width:48rem){.sample,.sample.pair{grid-template-columns:minmax(0,1fr)}
    .sample:not(.wide):not(.pair) .media{max-width:16rem}}
    @media (max-width:36rem){.sample dl{grid-template-columns:minmax(0,1fr);gap:0}
    .sample dd{margin-bottom:.35rem}}

    """#
}
