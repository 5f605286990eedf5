/** How the page looks on which people take a questionnaire: light and dark as they have it, of any width. */
export const surveyStyle = `:root{color-scheme:light dark;--line:light-dark(#c8ccd2,#4a4e55);--soft:light-dark(#f4f5f7,#202327);--accent:light-dark(#1f5fbf,#8ab4f8)}
*{box-sizing:border-box}
body{margin:0;background:light-dark(#fff,#16181b);color:light-dark(#1c1e21,#e6e6e6);font:1.05rem/1.5 system-ui,sans-serif}
main{max-width:42rem;margin:0 auto;padding:1.2rem;overflow-wrap:anywhere}
h1{font-size:1rem;font-weight:600;margin:0 0 1rem;color:light-dark(#555b63,#a9afb8)}
h2{font-size:1.15rem;font-weight:600;margin:.5rem 0 1rem;white-space:pre-line}
#survey:focus{outline:none}
.words{white-space:pre-line;margin:.5rem 0 1rem}
.progress,.hint{color:light-dark(#555b63,#a9afb8);font-size:.92rem;margin:.2rem 0 .6rem;white-space:pre-line}
fieldset{border:0;margin:0 0 1.4rem;padding:0;min-width:0}
fieldset fieldset{border-left:3px solid var(--line);padding-left:.8rem;margin:.6rem 0}
legend{padding:0;font-weight:600;margin-bottom:.5rem;white-space:pre-line}
.options{display:flex;flex-direction:column;gap:.4rem}
.options.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(3.1rem,1fr));gap:.25rem}
.row .option{align-items:stretch}
.row .option label{flex-direction:column;align-items:center;text-align:center;gap:.2rem;padding:.5rem .2rem;font-size:.88rem;line-height:1.3;hyphens:auto}
.option{display:flex;align-items:center;gap:.6rem}
.option label{display:flex;align-items:center;gap:.6rem;flex:1;padding:.55rem .8rem;border:1px solid var(--line);border-radius:.5rem;cursor:pointer}
.option label:has(:checked){border-color:var(--accent);background:var(--soft)}
.option>select,.option>input[type=number]{flex:0 0 6rem}
.option>select+label,.option>input[type=number]+label{border:0;padding:.3rem 0}
input[type=radio],input[type=checkbox]{flex:none;width:1.1rem;height:1.1rem;margin:0;accent-color:var(--accent)}
input[type=text],input[type=number],select,textarea{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.45rem .6rem;max-width:100%}
textarea,input[type=text]{width:100%}
.own{flex:1;width:auto}
.number{display:flex;align-items:center;flex-wrap:wrap;gap:.7rem}
.number input[type=range]{flex:1 1 12rem;accent-color:var(--accent)}
.ends{display:flex;justify-content:space-between;gap:1rem;font-size:.92rem}
.ends .end:last-child{text-align:end}
.field{display:flex;flex-direction:column;align-items:start;gap:.2rem;margin:.5rem 0}
output{font-variant-numeric:tabular-nums;min-width:2.5rem}
img{max-width:100%;max-height:14rem;border-radius:.4rem}
.option img{max-width:45%;max-height:9rem}
.fault{color:light-dark(#b3261e,#f2b8b5);margin:.4rem 0 0}
.fault:empty{display:none}
.buttons{display:flex;flex-wrap:wrap;gap:.7rem;margin-top:1.4rem}
button{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.5rem;padding:.55rem 1.1rem;cursor:pointer}
button.main{background:light-dark(#1f5fbf,#8ab4f8);border-color:transparent;color:light-dark(#fff,#10141a)}
button:disabled{opacity:.45;cursor:default}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;
