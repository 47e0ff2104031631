// The contents mark the heading that the reader is at. On a small screen they fold, and one that is chosen folds them.
(function () {
  var fold = document.getElementById("gap"), small = window.matchMedia("(max-width: 64rem)");
  if (fold) {
    var unfold = function () { fold.open = !small.matches; };
    small.addEventListener("change", unfold);
    unfold();
    fold.addEventListener("click", function (event) {
      if (small.matches && event.target.closest("a")) fold.open = false;
    });
  }

  var nav = document.getElementById("muc-luc"), links = {};
  if (!nav) return;
  nav.querySelectorAll("a").forEach(function (a) { links[a.getAttribute("href").slice(1)] = a; });
  var headings = Array.prototype.filter.call(document.querySelectorAll(".heading"), function (h) { return links[h.id]; });
  var current = null;
  function follow() {
    var found = headings[0];
    for (var i = 0; i < headings.length; i++) {
      if (headings[i].getBoundingClientRect().top > 120) break;
      found = headings[i];
    }
    if (!found || found === current) return;
    if (current) links[current.id].removeAttribute("aria-current");
    current = found;
    var link = links[found.id];
    link.setAttribute("aria-current", "location");
    if (!small.matches) {
      fold.scrollTop += link.getBoundingClientRect().top - fold.getBoundingClientRect().top - fold.clientHeight / 2;
    }
  }
  if (headings.length) {
    document.addEventListener("scroll", follow, { passive: true });
    follow();
  }
})();
