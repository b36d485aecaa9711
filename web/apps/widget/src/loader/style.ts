/** Styles of the button, of what it says and of the frame; they live in a shadow root, so the page's CSS cannot touch them. */
export const style = `
:host{all:initial;color-scheme:normal}
*{box-sizing:border-box}
.root{--b:20px;--e:calc(var(--b) + env(safe-area-inset-bottom,0px));color-scheme:light dark}
.root>*{position:fixed;z-index:2147483000}
.button{bottom:var(--e);display:flex;align-items:center;width:56px;height:56px;max-width:calc(100vw - 40px);padding:0;border:0;border-radius:28px;background:var(--c);color:var(--i);font:600 15px/21px system-ui,sans-serif;cursor:pointer;box-shadow:0 4px 20px rgba(9,18,44,.3)}
.text .button{width:auto;padding-inline:54px 22px}
.words{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.bare .button,.badge[hidden]{display:none}
.right>*{right:20px}
.left>*{left:20px}
.button:hover{filter:brightness(1.08)}
button:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px var(--c),0 0 0 5px #fff}
.talk,.down,.badge{position:absolute}
.talk,.down{top:15px;inset-inline-start:15px;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
img.talk{object-fit:contain}
.text .talk,.text .down{inset-inline-start:18px}
.open .talk,.root:not(.open) .down{visibility:hidden}
.badge{top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;border:2px solid #fff;border-radius:11px;background:#d92d20;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
.panel,.greet{bottom:calc(var(--e) + 72px);border-radius:16px;background:Canvas;color:CanvasText;box-shadow:0 0 0 1px rgba(128,128,128,.15),0 8px 40px rgba(9,18,44,.24)}
.greet{display:flex;animation:in .2s ease-out;max-width:280px;font:15px/21px system-ui,sans-serif;overflow-wrap:anywhere;cursor:pointer}
.say,.away{all:unset;padding:12px 16px;border-radius:16px}
.say{padding-inline-end:0}
.away{font-size:22px}
.panel{visibility:hidden;width:380px;height:620px;max-height:calc(100vh - var(--b) - 92px);overflow:hidden}
.bare .panel{bottom:var(--e)}
.open .panel{visibility:visible;animation:in .2s ease-out}
.root.inline,.root.inline .panel{position:static;width:100%;height:100%;max-height:none;border-radius:0;box-shadow:none;animation:none}
iframe{display:block;width:100%;height:100%;border:0}
@keyframes in{from{opacity:0;transform:translateY(12px) scale(.98)}}
@media (max-width:480px){.root:not(.inline) .panel{inset:var(--t,0) 0 auto;width:100%;height:var(--h,100dvh);max-height:none;border-radius:0}.open .button{display:none}}
@media (prefers-reduced-motion:reduce){.root>*{animation:none!important}}
@media (forced-colors:active){.button,.greet{border:2px solid}}
@media print{.root:not(.inline){display:none}}`;
