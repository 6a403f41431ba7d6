// A notebook that is read: its figures are drawn when they come into view, and drawn again when the window changes its width.
(() => {
  "use strict";
  let loading;
  const plotly = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = window.crmlab.plotlyUrl;
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    });
    return loading;
  };
  const figures = new Map();
  async function draw(place) {
    const { data, layout } = figures.get(place);
    const width = Math.floor(place.getBoundingClientRect().width);
    const library = await plotly();
    await library.react(place, data, { ...layout, width }, { displayModeBar: false, responsive: false, locale: "en" });
    place.dataset.drawn = width;
  }
  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      draw(target);
    }
  }, { rootMargin: "600px" });
  for (const place of document.querySelectorAll(".crm-plot")) {
    figures.set(place, JSON.parse(place.nextElementSibling.textContent));
    seen.observe(place);
  }
  // what is wider than the page is scrolled with the keyboard too
  function reachable() {
    for (const box of document.querySelectorAll(".crm-reading pre, .crm-reading table, .crm-shown, .crm-prose math")) {
      if (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  }
  reachable();
  let waiting;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      reachable();
      for (const place of figures.keys()) if (place.dataset.drawn) draw(place);
    }, 200);
  });
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".crm-outline details").open = false;
})();
