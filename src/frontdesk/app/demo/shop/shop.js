// Small conveniences of the demo shop: the title's language, the cart's number, the snippet with this address.
const english = document.documentElement.lang === "en";

document.title = english ? "Lantern Shop · light for small evenings" : "灯笼小店 · 给夜晚一点光";

const count = document.querySelector("#cart-count");
const notice = document.querySelector("#notice");
let items = 0;

for (const button of document.querySelectorAll("[data-add]")) {
  button.addEventListener("click", () => {
    items += 1;
    count.textContent = String(items);
    count.hidden = false;
    notice.textContent = english ? "Added to your cart (this is a demo: nothing is sold)." : "已加入购物车（演示商店，不会真的下单）。";
    notice.classList.add("shown");
    clearTimeout(notice.timer);
    notice.timer = setTimeout(() => notice.classList.remove("shown"), 2600);
  });
}

document.querySelector("#snippet").textContent =
  `<script async src="${location.origin}/widget.js" data-channel="demo-shop"></script>`;
