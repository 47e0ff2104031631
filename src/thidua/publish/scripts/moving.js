// Numbers are one stop of Tab, and arrows go from one to the next: nobody passes hundreds of them to reach a footnote.
(function () {
  var article = document.querySelector("article");
  var marks = Array.prototype.filter.call(article.querySelectorAll("data.fig[data-fig], .txt[data-src]"), thidua.opens);
  var numbers = marks.filter(isNumber);
  var disputed = Array.prototype.slice.call(article.querySelectorAll("[data-finding]"));
  var stop = null;

  function isNumber(mark) { return !!mark.dataset.fig; }
  function button(mark) {
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-haspopup", "dialog");
  }
  marks.forEach(function (mark) {
    mark.classList.add("traced");
    if (isNumber(mark)) { button(mark); mark.tabIndex = -1; }
  });
  // A text is a button only while the keys are at it: otherwise its paragraph is read out as prose.
  function make(mark) {
    if (stop && isNumber(stop)) stop.tabIndex = -1;
    else if (stop) ["role", "aria-haspopup", "tabindex"].forEach(function (name) { stop.removeAttribute(name); });
    stop = mark;
    if (!isNumber(mark)) button(mark);
    mark.tabIndex = 0;
  }
  function go(mark) {
    if (!mark) return;
    make(mark);
    mark.focus({ preventScroll: true });
    var box = mark.getBoundingClientRect(), top = document.getElementById("ben-le").getBoundingClientRect();
    var hidden = top.width > window.innerWidth / 2 ? top.bottom : 0;
    if (box.top < hidden + 24 || box.bottom > window.innerHeight - 24) mark.scrollIntoView({ block: "center", behavior: "instant" });
    else mark.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }
  function beside(among, mark, by) {
    var at = among.indexOf(mark);
    if (at >= 0) return among[at + by];
    var after = among.findIndex(function (m) { return mark.compareDocumentPosition(m) & Node.DOCUMENT_POSITION_FOLLOWING; });
    if (after < 0) after = among.length;
    return among[by > 0 ? after : after - 1];
  }
  article.addEventListener("keydown", function (event) {
    var mark = event.target.closest(".traced");
    if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
    var to = {
      ArrowRight: function () { return beside(numbers, mark, 1); },
      ArrowLeft: function () { return beside(numbers, mark, -1); },
      ArrowDown: function () { return beside(marks, mark, 1); },
      ArrowUp: function () { return beside(marks, mark, -1); },
      Home: function () { return numbers[0]; },
      End: function () { return numbers[numbers.length - 1]; },
    }[event.key];
    if (to) { event.preventDefault(); go(to()); }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); thidua.open(mark); }
  });
  article.addEventListener("click", function (event) {
    var mark = event.target.closest(".traced");
    // Who marks words in order to copy them does not ask where they come from.
    if (!mark || !getSelection().isCollapsed || event.target.closest("a")) return;
    make(mark);
    thidua.open(mark);
  });
  // Tab leads to the first number that the reader sees.
  var seen = 0;
  function settle() {
    if (document.activeElement && document.activeElement.closest(".traced, #the-so-lieu")) return;
    var low = 0, high = numbers.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (numbers[middle].getBoundingClientRect().top < 0) low = middle + 1; else high = middle;
    }
    if (numbers.length) make(numbers[low]);
  }
  document.addEventListener("scroll", function () { clearTimeout(seen); seen = setTimeout(settle, 150); }, { passive: true });
  settle();

  var group = document.getElementById("so-can-lam-ro"), count = group.querySelector(".count"), at = -1;
  function seenNow(mark) {
    var box = mark.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  }
  // From the one that the reader is at; who has read on meanwhile goes on from there.
  function nextDisputed(by) {
    var last = disputed.length - 1, own = disputed.indexOf(document.activeElement);
    if (own >= 0) at = own;
    if (at < 0 || !seenNow(disputed[at])) {
      var below = disputed.findIndex(function (d) { return d.getBoundingClientRect().bottom > 0; });
      if (below < 0) below = disputed.length;
      at = by > 0 ? below - 1 : below;
    }
    at = at + by < 0 ? last : at + by > last ? 0 : at + by;
    count.textContent = at + 1 + "/" + disputed.length;
    go(disputed[at]);
  }
  if (disputed.length) {
    group.hidden = false;
    count.textContent = disputed.length;
    group.querySelector(".back").addEventListener("click", function () { nextDisputed(-1); });
    group.querySelector(".on").addEventListener("click", function () { nextDisputed(1); });
    document.addEventListener("keydown", function (event) {
      if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      nextDisputed(event.key === "ArrowDown" ? 1 : -1);
    });
  }
  thidua.follow();
})();
