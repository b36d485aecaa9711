/**
 * Styles of the button, of what it says and of the frame; they live in a shadow root, so the page's CSS cannot touch them.
 * Sizes are of what is inside paddings and borders. A picture of the channel's own covers ours.
 */
export const style = `
.root{--e:calc(var(--b) + env(safe-area-inset-bottom))}
.root>*{position:fixed;z-index:2147483000}
.right>*{right:20px}
.left>*{left:20px}
button{all:unset;border-radius:16px;cursor:pointer}
.button{bottom:var(--e);display:flex;align-items:center;min-width:56px;height:56px;max-width:calc(100vw - 40px);border-radius:28px;background:var(--c);color:var(--i);font:600 15px/21px system-ui,sans-serif;box-shadow:0 4px 20px #09122c4d}
.words{overflow:hidden;margin-inline:54px 22px;white-space:nowrap;text-overflow:ellipsis}
.bare .button{display:none}
.button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #000}
.button:before,img,.badge{position:absolute}
.button:before,img{top:16px;inset-inline-start:16px;width:24px;height:24px}
img{object-fit:contain;background:var(--c)}
.open img{visibility:hidden}
.button:before{content:"";width:20px;height:18px;border:2px solid;border-radius:11px 11px 11px 2px;background:radial-gradient(circle,currentColor 1.2px,#0000 1.8px) 1px/6px}
.open .button:before{transform:translateY(-3px) rotate(45deg) scale(.6);border-width:0 3px 3px 0;border-radius:0;background:0}
.badge{top:-4px;inset-inline-end:-4px;min-width:6px;padding:0 6px;border:2px solid #fff;border-radius:11px;background:#d92d20;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
.panel,.greet{bottom:calc(var(--e) + 72px);border-radius:16px;background:Canvas;color:CanvasText;box-shadow:0 0 0 1px #80808026,0 8px 40px #09122c3d}
.greet{display:flex;max-width:280px;font:15px/21px system-ui,sans-serif;overflow-wrap:anywhere}
.say,.away{padding:12px}
.away{font-size:22px}
.panel{visibility:hidden;width:380px;height:620px;max-height:calc(100vh - var(--b) - 92px);overflow:hidden}
.bare .panel{bottom:var(--e)}
.open .panel{visibility:visible}
.root.inline,.root.inline .panel{position:static;width:100%;height:100%;max-height:none;border-radius:0;box-shadow:none}
iframe{width:100%;height:100%;border:0}
@keyframes in{from{opacity:0;transform:translateY(12px) scale(.98)}}
@media (prefers-reduced-motion:no-preference){.greet,.open:not(.inline) .panel{animation:in .2s ease-out}}
@media (max-width:480px){.root:not(.inline) .panel{inset:var(--t,0) 0 auto;width:100%;height:var(--h,100dvh);max-height:none;border-radius:0}.open .button{display:none}}
@media (forced-colors:active){.button,.greet{border:2px solid}}
@media print{.root:not(.inline){display:none}}`;
