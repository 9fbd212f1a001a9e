import { sha256 } from '#core/history/canonical.ts';

/** One style sheet, no web fonts, light and dark by the reader's own setting. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1f2328;--soft:#5b626b;--line:#dedbd3;--link:#1b5a8a;--mark:#efe6cf;
--ins:#dcefdc;--ins-ink:#14521f;--del:#f8dfdc;--del-ink:#8a1f17;--ok:#1f6b33;--suspect:#8a5a00;--down:#a3211a;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Cambria,Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#16181b;--card:#1d2024;--ink:#e4e2dc;--soft:#a0a6ae;--line:#34383e;--link:#8fc1ec;--mark:#3d3722;
--ins:#173c22;--ins-ink:#a9e3b5;--del:#4a211e;--del-ink:#f5b5ae;--ok:#7fd394;--suspect:#e7b95c;--down:#f59a92}}
*{box-sizing:border-box}
html{font:100%/1.6 var(--sans);background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;min-height:100vh;display:flex;flex-direction:column}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:.15rem solid var(--link);outline-offset:.15rem;border-radius:.15rem}
.skip{position:absolute;left:-100vw;background:var(--card);padding:.5rem 1rem}
.skip:focus{left:1rem;top:.5rem}
header.site,footer.site,main{width:100%;max-width:76rem;margin:0 auto;padding:0 1.25rem}
header.site{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;align-items:baseline;padding-top:1.1rem;padding-bottom:.8rem;border-bottom:1px solid var(--line)}
.brand{font:600 1.15rem/1.3 var(--serif);color:var(--ink);text-decoration:none}
nav a{margin-right:1.1rem;display:inline-block;padding:.2rem 0;text-decoration:none}
nav a[aria-current]{color:var(--ink);font-weight:600;border-bottom:.15rem solid currentColor}
main{flex:1;padding-top:1.6rem;padding-bottom:3rem}
footer.site{border-top:1px solid var(--line);color:var(--soft);font-size:.85rem;padding-top:.4rem;padding-bottom:1.4rem}
h1{font:600 1.85rem/1.25 var(--serif);margin:0 0 .4rem;overflow-wrap:anywhere;text-wrap:balance}
h2{font:600 1.25rem/1.35 var(--serif);margin:2rem 0 .7rem}
h3{font:600 1.05rem/1.4 var(--sans);margin:1.4rem 0 .4rem}
.lead{color:var(--soft);margin:0 0 1.2rem;max-width:46rem;overflow-wrap:anywhere}
.empty{color:var(--soft);padding:1.2rem 0}
.facts{display:flex;flex-wrap:wrap;gap:.3rem 1.8rem;margin:.5rem 0}
.facts div{min-width:0}.facts dt{color:var(--soft);font-size:.8rem;line-height:1.3}.facts dd{margin:0;overflow-wrap:anywhere}
.pages{list-style:none;padding:0;margin:1.4rem 0 0;border-top:1px solid var(--line)}
.pages>li{border-bottom:1px solid var(--line);padding:1rem 0}
.pages h2{margin:0;font-size:1.2rem;display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:center;overflow-wrap:anywhere}
.pages h2 a{text-decoration:none}.pages h2 a:hover{text-decoration:underline}
.badge{font:600 .78rem/1.5 var(--sans);border:1px solid currentColor;border-radius:1rem;padding:0 .6rem;white-space:nowrap;color:var(--soft)}
.badge.ok{color:var(--ok)}.badge.suspect{color:var(--suspect)}.badge.down{color:var(--down)}
.notice{border-left:.25rem solid var(--line);background:var(--card);padding:.6rem .9rem;max-width:46rem;margin:.8rem 0}
.notice.down{border-color:var(--down)}.notice.suspect{border-color:var(--suspect)}.notice.as-of{border-color:var(--link)}
.tabs{border-bottom:1px solid var(--line);margin:1rem 0 0}
form.filters{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:1rem 0;width:fit-content;max-width:100%}
form label{display:flex;flex-direction:column;font-size:.8rem;color:var(--soft);gap:.15rem;min-width:0;max-width:100%}
form label.check{flex-direction:row;align-items:center;gap:.4rem;min-height:2.5rem;color:var(--ink);font-size:.95rem}
input,select,button{font:inherit;font-size:1rem;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:.3rem;padding:.35rem .5rem;min-height:2.5rem;max-width:100%}
input[type=checkbox]{min-height:0;width:1.1rem;height:1.1rem;accent-color:var(--link)}
button{background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600;padding:.35rem 1.1rem;cursor:pointer}
.columns{display:grid;gap:0 3.5rem}
@media (min-width:68rem){.columns{grid-template-columns:minmax(0,46rem) minmax(18rem,1fr)}}
.columns>*{min-width:0}
.text{font:1.075rem/1.65 var(--serif)}
.row{display:grid;grid-template-columns:minmax(0,1fr);padding:.35rem 0;scroll-margin-top:1rem}
.row:target{background:var(--mark);box-shadow:0 0 0 .5rem var(--mark)}
.row p,.row blockquote,.row h3,.row h4{margin:0;overflow-wrap:anywhere}
.row.heading{padding-top:1.4rem}.row h3,.row h4{font:600 1.15rem/1.4 var(--serif)}
.row.listItem p{padding-left:1.2rem;position:relative}.row.listItem p::before{content:"•";position:absolute;left:.2rem}
.row blockquote{align-self:start;border-left:.2rem solid var(--line);padding-left:1rem}
.row.caption p,.row.frontMatter p{color:var(--soft);font-size:.95em}
.row .when{font:.8rem/1.5 var(--sans);color:var(--soft);display:flex;flex-wrap:wrap;gap:0 .6rem;align-content:flex-start}
@media (min-width:48rem){.row{grid-template-columns:9rem minmax(0,1fr);gap:0 1.2rem}.row .when{justify-content:flex-end;text-align:right;gap:0 .3rem;padding-top:.3rem}.row .when .basis{flex-basis:100%;order:1}}
.anchor{text-decoration:none;color:var(--soft);opacity:.8;padding:0 .2rem}.row:hover .anchor,.anchor:focus{opacity:1}
.basis,.undated{color:var(--soft);font-size:.8rem}.undated{font-style:italic}
.mention{border-bottom:1px dotted var(--soft)}.mention.aside{border-bottom-color:transparent}
.steering{font:.75em/1 ui-monospace,Menlo,Consolas,monospace;border:1px solid var(--down);color:var(--down);border-radius:.2rem;padding:0 .2rem;unicode-bidi:isolate}
.revision{border-top:1px solid var(--line);margin-top:1.2rem}
.revision h2,.revision h3{font:600 1.05rem/1.4 var(--sans);display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline;margin:.7rem 0 .2rem;overflow-wrap:anywhere}
.revision .observed{font-weight:400;color:var(--soft);font-size:.92rem}.revision .number{font-weight:400;font-size:.92rem}
.changes{list-style:none;margin:0;padding:0}
.change{margin:.7rem 0;padding:.1rem 0 .1rem .9rem;border-left:.2rem solid var(--line)}
.change.added,.change.restored{border-color:var(--ok)}.change.removed{border-color:var(--down)}.change.edited,.change.redated{border-color:var(--suspect)}
.change p{margin:.15rem 0;font:1rem/1.6 var(--serif);overflow-wrap:anywhere;max-width:46rem}
.change .what{font:.88rem/1.5 var(--sans)}.change .when{color:var(--soft);margin-left:.3rem}
.flag{color:var(--soft);border:1px solid var(--line);border-radius:.2rem;padding:0 .35rem;font-size:.8rem}.flag.strong{color:var(--suspect);border-color:currentColor}
ins{background:var(--ins);color:var(--ins-ink);text-decoration:none;border-bottom:.08em solid currentColor}
del{background:var(--del);color:var(--del-ink);text-decoration:line-through;text-decoration-thickness:.06em}
.change.added ins,.change.restored ins{background:none;border:0;color:inherit}
.change.removed del{background:none;color:inherit;text-decoration:none}
ins::before,ins::after,del::before,del::after{clip-path:inset(100%);clip:rect(1px,1px,1px,1px);height:1px;width:1px;overflow:hidden;position:absolute;white-space:nowrap}
ins::before{content:" [added] "}ins::after{content:" [end] "}del::before{content:" [removed] "}del::after{content:" [end] "}
.note{color:var(--soft);font-size:.9rem}
.day{display:grid;gap:0 1.6rem;border-top:1px solid var(--line);padding:.9rem 0}
.day h2{margin:0;font-size:1.1rem}
@media (min-width:48rem){.day{grid-template-columns:11rem minmax(0,1fr)}.day h2{position:sticky;top:1rem;align-self:start}}
.day ul{list-style:none;margin:0;padding:0;max-width:46rem}.day li+li{margin-top:1rem}
.day p{margin:0;font:1.05rem/1.6 var(--serif);overflow-wrap:anywhere}
.day .source{font:.82rem/1.5 var(--sans);color:var(--soft)}
.day .removed{border-left:.2rem solid var(--down);padding-left:.9rem}.day .removed p.text{color:var(--soft)}.day .removed strong{color:var(--down)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;padding:.45rem 1rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft);font-size:.85rem;white-space:nowrap}
td.figure,th.figure{text-align:right;font-variant-numeric:tabular-nums}
.more,.steps{margin:1.6rem 0;display:flex;flex-wrap:wrap;gap:.4rem 1.5rem}
.more a{border:1px solid var(--line);border-radius:.3rem;padding:.5rem 1.2rem;margin:0}
ul.strip{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem;margin:.5rem 0;padding:0}
.strip li{background:var(--card);border:1px solid var(--line);border-bottom-width:.25rem;border-radius:.2rem;padding:.1rem .35rem;font-size:.8rem;line-height:1.4;min-width:3.4rem;text-align:center}
.strip time{display:block;color:var(--soft)}
.strip .believed{border-bottom-color:var(--ok)}.strip .changed{border-bottom-color:var(--link)}.strip .missed{border-bottom-color:var(--down)}.strip .none{border-style:dashed}
code{font:.88em ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media print{header.site nav,form,.more,.anchor,.skip{display:none}}
`;

/** The style sheet's address names its content, so that it can be kept for ever. */
export const STYLE_ADDRESS = `/style.css?v=${sha256(STYLE).slice(0, 12)}`;

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="5" y="3" width="22" height="26" rx="3" fill="#1b5a8a"/><path d="M10 10h12M10 16h12M10 22h7" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>`;
