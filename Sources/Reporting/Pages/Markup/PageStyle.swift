/// What all pages look like: quiet type, numbers in columns, both colour schemes, any width from
/// 320 pixels on.
enum PageStyle {
  static let common = #"""
    :root{color-scheme:light dark;--back:#fff;--panel:#f5f6f8;--line:#e2e5e9;--strong:#c4cad1;
    --ink:#1b2026;--soft:#59626d;--accent:#24659b;--fill:#6f9fc8;--band:#b5d0e6;
    --right:#1f7345;--partly:#8a5a00;--wrong:#b0302a;--warnback:#fff3d6;--warnink:#6b4700}
    @media (prefers-color-scheme:dark){:root{--back:#13171b;--panel:#1b2026;--line:#2b323a;
    --strong:#47515c;--ink:#e4e7ea;--soft:#9aa4af;--accent:#85b9e2;--fill:#4d83b0;--band:#2c5474;
    --right:#6cc893;--partly:#e0b050;--wrong:#f0857c;--warnback:#3a2e12;--warnink:#f2d38b}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0 auto;max-width:70rem;padding:1.5rem 1.25rem 3rem;background:var(--back);
    color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
    overflow-wrap:break-word}
    h1,h2,h3,p,ul,ol,dl,dd,figure,fieldset{margin:0;padding:0}
    h1{font-size:1.75rem;line-height:1.2;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
    h2{font-size:1.2rem;line-height:1.3;font-weight:650;margin-bottom:.75rem}
    h3{font-size:1rem;font-weight:650;margin:1.5rem 0 .5rem}
    section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
    a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.15em}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
    code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
    .kicker{color:var(--soft);margin-bottom:.15rem}
    .soft,.note{color:var(--soft)}
    .note{font-size:.875rem;margin-top:.5rem}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
    white-space:nowrap}
    [hidden]{display:none!important}
    .tags,nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem .5rem}
    .tags{margin-top:.85rem;font-size:.875rem}
    .tags li{padding:.05rem .6rem;border:1px solid var(--line);border-radius:1rem;color:var(--soft)}
    .tags .warning,.warning{background:var(--warnback);border-color:transparent;color:var(--warnink)}
    nav{margin-top:1.1rem}
    nav ul{gap:.25rem 1.1rem}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.9375rem}
    th,td{padding:.4rem .9rem .4rem 0;text-align:left;vertical-align:baseline;font-weight:400;
    border-bottom:1px solid var(--line)}
    th:last-child,td:last-child{padding-right:.25rem}
    thead th{color:var(--soft);font-size:.8125rem;white-space:nowrap;border-color:var(--strong)}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    td code{white-space:nowrap}
    thead button{all:unset;cursor:pointer;border-radius:3px}
    thead button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    thead button::after{content:"\2195";display:inline-block;width:1.1em;text-align:right;opacity:.45}
    [aria-sort] button{color:var(--ink);font-weight:600}
    [aria-sort=ascending] button::after{content:"\2191";opacity:1}
    [aria-sort=descending] button::after{content:"\2193";opacity:1}
    .bars{width:100%;max-width:46rem}
    .bars .number{width:1%}
    .bars th[scope=row]{overflow-wrap:break-word}
    .bars .plot{width:55%;min-width:5.5rem}
    svg{display:block}
    .bar,.interval{width:100%;height:.7rem}
    .bar .track{fill:var(--panel)}
    .fill{fill:var(--fill)}
    .axis,.mean,.value{fill:none;stroke:var(--strong);stroke-width:1;vector-effect:non-scaling-stroke}
    .interval{height:.9rem}
    .interval .band{fill:var(--band)}
    .interval .value{stroke:var(--accent);stroke-width:2.5}
    .primary th,.primary td:nth-child(2){font-weight:650}
    details{margin-top:.9rem}
    summary{cursor:pointer;color:var(--accent);width:fit-content}
    details[open]>summary{margin-bottom:.6rem}
    dl.facts,dl.signatures{display:grid;grid-template-columns:minmax(6.5rem,max-content) minmax(0,1fr);
    gap:.35rem 1.25rem;font-size:.9375rem}
    dt{color:var(--soft)}
    dl.signatures dt{color:inherit}
    button,input,select{font:inherit;color:inherit}
    .button,.pager button{background:var(--panel);border:1px solid var(--line);border-radius:6px;
    padding:.3rem .8rem;cursor:pointer}
    .pager button:disabled{opacity:.45;cursor:default}
    footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);
    font-size:.8125rem}
    @media (max-width:36rem){body{padding:1.1rem .9rem 2.5rem}h1{font-size:1.45rem}
    section{margin-top:1.9rem;padding-top:1.1rem}th,td{padding-right:.65rem}
    dl.facts,dl.signatures{grid-template-columns:minmax(0,1fr);gap:0}
    dl.facts dd,dl.signatures dd{margin-bottom:.6rem}}
    @media print{nav,.filters,.pager{display:none}}

    """#
}
