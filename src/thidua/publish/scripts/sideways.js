// What is wider than the screen scrolls in a box of its own, which the keyboard reaches while it does.
(function () {
  function settle(box) {
    var table = box.querySelector("table"), over = box.scrollWidth > box.clientWidth;
    if (!over) return ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
    box.tabIndex = 0;
    if (!table) return;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", table.caption ? table.caption.textContent : table.getAttribute("aria-label"));
  }
  var watch = new ResizeObserver(function (entries) { entries.forEach(function (e) { settle(e.target); }); });
  document.querySelectorAll(".sideways, figure.chart").forEach(function (box) { watch.observe(box); });
})();
