/** Styles of the button and the frame; they live in a shadow root, so the page's CSS cannot touch them. */
export const style = `
:host{all:initial;color-scheme:normal}
*{box-sizing:border-box}
.button{position:fixed;bottom:20px;bottom:calc(20px + env(safe-area-inset-bottom));z-index:2147483000;width:56px;height:56px;padding:0;border:0;border-radius:50%;background:var(--c);color:var(--i);cursor:pointer;box-shadow:0 2px 6px rgba(9,18,44,.18),0 8px 24px rgba(9,18,44,.22);transition:transform .16s ease,box-shadow .16s ease;-webkit-tap-highlight-color:transparent}
.right .button,.right .panel{right:20px}
.left .button,.left .panel{left:20px}
.button:hover{transform:translateY(-2px)}
.button:active{transform:scale(.96)}
.button:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px var(--c),0 0 0 5px #fff}
svg{position:absolute;inset:0;margin:auto;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round;transition:opacity .16s,transform .2s}
.down{opacity:0;transform:rotate(-45deg)}
.open .talk{opacity:0;transform:rotate(45deg)}
.open .down{opacity:1;transform:none}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;border:2px solid #fff;border-radius:11px;background:#d92d20;color:#fff;font:600 12px/18px system-ui,-apple-system,"Segoe UI",sans-serif;text-align:center}
.badge[hidden]{display:none}
.panel{visibility:hidden;position:fixed;bottom:92px;bottom:calc(92px + env(safe-area-inset-bottom));z-index:2147483001;width:380px;height:620px;max-width:calc(100vw - 40px);max-height:calc(100vh - 112px);overflow:hidden;border-radius:16px;background:#fff;box-shadow:0 0 0 1px rgba(9,18,44,.06),0 12px 48px rgba(9,18,44,.24);transform-origin:bottom right}
.open .panel{visibility:visible;animation:in .2s cubic-bezier(.2,.8,.3,1)}
.left .panel{transform-origin:bottom left}
iframe{display:block;width:100%;height:100%;border:0}
@keyframes in{from{opacity:0;transform:translateY(12px) scale(.98)}}
@media (prefers-color-scheme:dark){.panel{background:#16181d;box-shadow:0 0 0 1px rgba(255,255,255,.1),0 12px 48px rgba(0,0,0,.6)}}
@media (max-width:480px){.root .panel{inset:0;inset:var(--t,0) 0 auto;width:100%;height:100%;height:var(--h,100dvh);max-width:none;max-height:none;border-radius:0}.open .button{display:none}}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.button{border:2px solid}}
@media print{.root{display:none}}`;
