// What is wider than the screen scrolls in a box of its own, which the keyboard reaches while it does.
(function () {
  function settle(box) {
    if (box.scrollWidth <= box.clientWidth) return box.removeAttribute("tabindex");
    box.tabIndex = 0;
  }
  var watch = new ResizeObserver(function (entries) { entries.forEach(function (e) { settle(e.target); }); });
  document.querySelectorAll(".sideways, figure.chart").forEach(function (box) { watch.observe(box); });
})();
