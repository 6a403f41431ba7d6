// The pivot and the chart as widgets of their own: data in a trait, one event out.

function single_root(model, el) {
  const root = h("div", { class: "cx-widget" });
  el.append(root);
  return root;
}

function pivot_widget({ model, el }) {
  const root = single_root(model, el);
  const table = h("div", {}), foot = h("div", { class: "cx-table-foot" });
  root.append(table, foot);
  const paint = () => {
    const data = model.get("data");
    draw_pivot(table, data, model.get("texts"), (event) => model.send(event));
    repaint(foot, data.notes.map((note) => h("p", { class: "cx-table-note" }, note)), h("span", {}, data.said));
  };
  const unfollow = follow_theme(root);
  model.on("change:data", paint);
  paint();
  return () => { model.off("change:data", paint); unfollow(); };
}

function chart_widget({ model, el }) {
  const root = single_root(model, el);
  const box = h("div", { class: "cx-chart" });
  root.append(box);
  const ask_kernel = () => new Promise((answer) => {
    const got = (message, buffers) => { if (message.plotly) { model.off("msg:custom", got); answer(buffers[0]); } };
    model.on("msg:custom", got);
    model.send({ do: "plotly" });
  });
  const tools = { url: plotly_address(), ask_kernel, ask: (event) => model.send(event) };
  const paint = () => draw_chart(box, model.get("data"), model.get("texts"), tools);
  const unfollow = follow_theme(root, () => recolour_chart(box));
  model.on("change:data", paint);
  paint();
  return () => { model.off("change:data", paint); unfollow(); };
}
