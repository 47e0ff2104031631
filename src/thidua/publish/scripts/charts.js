// A chart comes alive when the reader reaches it. The drawing stays for print and for readers without scripts.
(function () {
  if (!window.drawChart) return;
  function draw(figure) {
    var key = "bieu-do-" + figure.dataset.key;
    var phone = figure.classList.contains("looks") && window.matchMedia("(max-width: 40rem)").matches;
    var data = document.getElementById(phone ? key + "-hep" : key);
    if (!data) return;
    var image = figure.querySelector(".chart-image"), live = document.createElement("div");
    live.className = "chart-live";
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", image.getAttribute("aria-label"));
    image.after(live);
    // Texts are measured when they are drawn: with the page's own face, not with what stands in until it is there.
    var face = '"Liberation Serif"';
    var faces = [document.fonts.load("14px " + face, "ế"), document.fonts.load("bold 14px " + face, "ế")];
    Promise.all(faces).then(function () {
      return window.drawChart(live, JSON.parse(data.textContent));
    }).then(function () {
      live.querySelectorAll("svg [role], svg [aria-label]").forEach(function (e) {
        e.removeAttribute("role"); e.removeAttribute("aria-label"); e.removeAttribute("aria-roledescription");
      });
      figure.classList.add("drawn");
    }, function () { live.remove(); });
  }
  var watch = new IntersectionObserver(function (entries) {
    entries.forEach(function (e) { if (e.isIntersecting) { watch.unobserve(e.target); draw(e.target); } });
  }, { rootMargin: "200px" });
  document.querySelectorAll("figure.chart").forEach(function (f) { watch.observe(f); });
})();
