"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.getElementById("report");
  // Twenty colours that differ in hue and lightness, none of them faint on its ground.
  const palettes = {
    light: [
      "#1d62de", "#e25411", "#037f23", "#c30048", "#8739e2", "#77523a", "#eb35c2", "#696d83", "#967d0d", "#128daf",
      "#012a86", "#9b2702", "#033d07", "#70082b", "#57109d", "#3f2913", "#8f0f78", "#271c47", "#4f4600", "#095693",
    ],
    dark: [
      "#038efa", "#fe9316", "#07be59", "#fe2c63", "#a657f6", "#a67c3d", "#fe7ff7", "#a79ca7", "#c8dd01", "#01dbe5",
      "#e6eef6", "#f7ae9d", "#82f2ad", "#fe7875", "#c6b0fd", "#d2bf7a", "#fdcff4", "#6eb4f0", "#fdfd7e", "#a3e9ff",
    ],
  };
  const veil = "d9"; // opacity of points, which may lie over each other
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = [];

  // Only textContent is set: names of columns, labels and paths are never read as markup.
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function add(parent, ...children) {
    children.forEach((child) => child && parent.appendChild(child));
    return parent;
  }

  const finite = (values) => values.map((value) => (typeof value === "number" ? value : null));
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function number(value) {
    if (typeof value !== "number") return String(value);
    const size = Math.abs(value);
    return size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(3) : String(+value.toPrecision(5));
  }

  function card(title, wide) {
    return add(make("section", wide ? "card wide" : "card"), make("h3", "", title));
  }

  function chart(parent, shape, config) {
    const box = make("div", "chart " + shape);
    const canvas = make("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", config.label);
    add(parent, add(box, canvas));
    const axis = (title, extra) => ({ title: { display: Boolean(title), text: title }, grid: {}, ticks: {}, ...extra });
    charts.push(new Chart(canvas, {
      type: config.type,
      data: config.data,
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        plugins: { legend: { display: config.legend, labels: { boxWidth: 18, boxHeight: 2 } }, tooltip: config.tooltip || {} },
        scales: {
          x: axis(config.x, config.xAxis),
          y: axis(config.y, config.yAxis),
        },
        ...config.options,
      },
    }));
  }

  // Everything that is coloured says with which tone, so that another scheme can repaint it.
  function colourAll() {
    const ink = css("--quiet");
    const line = css("--line");
    const palette = dark.matches ? palettes.dark : palettes.light;
    const colour = (tone) => palette[tone % palette.length];
    document.querySelectorAll("[data-tone]").forEach((dot) => { dot.style.background = colour(dot.dataset.tone); });
    charts.forEach((one) => {
      one.data.datasets.forEach((set) => {
        set.borderColor = colour(set.tone);
        set.backgroundColor = colour(set.tone) + (set.veil || "");
      });
      Object.values(one.options.scales).forEach((scale) => {
        scale.grid.color = line;
        scale.ticks.color = ink;
        scale.title.color = ink;
      });
      one.options.plugins.legend.labels.color = ink;
      one.update("none");
    });
  }

  function curve(label, values, tone, dashed) {
    return {
      label, data: finite(values), tone, borderWidth: 2, tension: 0.15,
      borderDash: dashed ? [6, 4] : [], pointRadius: values.length > 40 ? 0 : 2,
    };
  }

  const epochs = (count) => Array.from({ length: count }, (_, i) => i + 1);

  function lossAxis(curves) {
    const counted = curves.some((one) => one.validation.length && one.validationName !== "validation");
    return counted ? "mean loss of a row, or part of the rows" : "mean loss of a row";
  }

  function learning(models) {
    const several = models.length > 1;
    const sets = [];
    let longest = 0;
    models.forEach((model, m) => {
      if (!model.curves || model.curves.game) return;
      const total = model.curves.loss;
      longest = Math.max(longest, total.length);
      if (several) {
        sets.push(curve(model.name, total, m));
        if (model.curves.validation.length) sets.push(curve(`${model.name}, ${model.curves.validationName}`, model.curves.validation, m, true));
        return;
      }
      sets.push(curve("training", total, 0));
      if (model.curves.validation.length) sets.push(curve(model.curves.validationName, model.curves.validation, 1, true));
    });
    if (!sets.length) return null;
    const units = [...new Set(models.filter((model) => model.curves).map((model) => model.curves.unit))].join(" or ");
    const name = several ? "" : models[0].curves.name;
    const result = card(name ? `Learning curves of ${name}` : "Learning curves", true);
    chart(result, "", {
      type: "line", label: "loss by " + units, legend: true, x: units,
      y: lossAxis(models.map((model) => model.curves).filter(Boolean)),
      data: { labels: epochs(longest), datasets: sets },
      options: { interaction: { mode: "index", intersect: false } },
    });
    if (!several) {
      const curves = models[0].curves;
      const best = curves.bestEpoch + 1;
      if (curves.validation.length) {
        add(result, make("p", "caption", `The least on the validation rows was in ${curves.unit} ${best}: the model has that ${curves.unit}'s parameters.`));
      }
    }
    return result;
  }

  // Each part of the loss by itself: they may differ a hundredfold.
  function parts(model) {
    const curves = model.curves;
    const names = curves ? Object.keys(curves.losses) : [];
    if (names.length < 2) return [];
    return names.map((name) => {
      const result = card(`Loss: ${name}`);
      const sets = [curve(name, curves.losses[name], 0)];
      if (curves.game && name === "reconstruction" && curves.validation.length) {
        sets.push(curve(curves.validationName, curves.validation, 1, true));
      }
      chart(result, "", {
        type: "line", label: `${name} by ${curves.unit}`, legend: sets.length > 1, x: curves.unit, y: "mean loss of a row",
        data: { labels: epochs(curves.losses[name].length), datasets: sets },
      });
      return result;
    });
  }

  function pretraining(model) {
    return model.pretraining.map((curves) => {
      const result = card(curves.name);
      const sets = [curve("training", curves.loss, 0)];
      if (curves.validation.length) sets.push(curve(curves.validationName, curves.validation, 1, true));
      chart(result, "", {
        type: "line", label: `loss of ${curves.name} by ${curves.unit}`, legend: sets.length > 1, x: curves.unit, y: lossAxis([curves]),
        data: { labels: epochs(curves.loss.length), datasets: sets },
      });
      return result;
    });
  }

  // Which units of a code with a distribution carry something, and since when.
  function divergences(model) {
    const byEpoch = model.curves && model.curves.unitKl;
    if (!byEpoch || !byEpoch.length) return [];
    const unit = model.curves.unit;
    const labels = epochs(byEpoch.length);
    const each = card("KL(q(z|x), p(z)) of each unit");
    chart(each, "", {
      type: "line", label: `divergence of each unit by ${unit}`, legend: false, x: unit, y: "mean of a row, nats",
      data: { labels, datasets: byEpoch[0].map((_, u) => ({ ...curve(`unit ${u}`, byEpoch.map((one) => one[u]), u), borderWidth: 1, pointRadius: 0 })) },
    });
    const above = byEpoch.map((one) => one.filter((value) => value > 0.01).length);
    const active = card("Units in use");
    chart(active, "", {
      type: "line", label: `units in use by ${unit}`, legend: false, x: unit, y: "units",
      yAxis: { min: 0 }, data: { labels, datasets: [curve("units in use", above, 0)] },
    });
    add(active, make("p", "caption", `Units whose divergence from the prior is above 0.01 nats on average over the rows of the ${unit}: ${above[above.length - 1]} of ${byEpoch[0].length} in the last. Units that are active, as evaluate counts them, are told below: their means vary.`));
    return [each, active];
  }

  function stepSizes(model) {
    const sizes = model.curves ? model.curves.stepSizes : [];
    if (new Set(sizes).size < 2) return null;
    const unit = model.curves.unit;
    const name = unit === "epoch" ? "Step size" : "Length of the steps";
    const result = card(name);
    chart(result, "", {
      type: "line", label: name.toLowerCase() + " by " + unit, legend: false, x: unit, y: name.toLowerCase(),
      data: { labels: epochs(sizes.length), datasets: [curve(name.toLowerCase(), sizes, 0)] },
    });
    return result;
  }

  function scatter(points) {
    const title = points.title;
    const result = card(title);
    const grouped = points.groups.length > 0;
    const names = grouped ? points.labels : ["rows"];
    const sets = names.map((label, g) => ({
      label, data: [], tone: g, veil, borderWidth: 0, pointRadius: 2.6, pointHoverRadius: 5,
    }));
    points.x.forEach((x, i) => sets[grouped ? points.groups[i] : 0].data.push({ x, y: points.y[i] }));
    chart(result, "square", { type: "scatter", label: title, legend: false, data: { datasets: sets } });
    if (grouped) {
      const legend = make("ul", "legend");
      names.forEach((name, g) => {
        const dot = make("span");
        dot.dataset.tone = g;
        const item = add(make("li"), dot);
        item.appendChild(document.createTextNode(name));
        add(legend, item);
      });
      add(result, legend);
    }
    return add(result, make("p", "caption", points.caption));
  }

  function picture(title, image, wide) {
    if (!image) return null;
    const element = make("img", "picture");
    element.src = image.uri;
    element.alt = title;
    element.width = image.width;
    element.height = image.height;
    element.style.maxWidth = image.width + "px";
    return add(card(title, wide), add(make("div", "scroll"), element), make("p", "caption", image.caption));
  }

  function table(head, rows, numeric) {
    const result = make("table");
    if (head) {
      const line = make("tr");
      head.forEach((text, i) => add(line, make("th", numeric && i > 0 ? "number" : "", text)));
      add(result, add(make("thead"), line));
    }
    const body = make("tbody");
    rows.forEach((cells) => {
      const line = make("tr");
      cells.forEach((text, i) => add(line, make("td", numeric && i > 0 ? "number" : "", text)));
      add(body, line);
    });
    return add(make("div", "scroll"), add(result, body));
  }

  function facts(model) {
    const result = make("table", "facts");
    Object.entries(model.facts).forEach(([name, value]) => add(result, add(make("tr"), make("th", "", name), make("td", "", value))));
    return add(card("Facts"), result);
  }

  function settings(model) {
    const result = card("Settings");
    const line = (one) => [one.name, one.value];
    const chosen = model.settings.filter((one) => !one.isDefault);
    const others = model.settings.filter((one) => one.isDefault);
    if (chosen.length) add(result, table(null, chosen.map(line)));
    if (others.length) {
      add(result, add(make("details"), make("summary", "", `${others.length} at their defaults`), table(null, others.map(line))));
    }
    return result;
  }

  function units(model) {
    if (!model.units.length) return null;
    const result = card("Units of the code", true);
    const distributed = model.units.some((unit) => typeof unit.divergence === "number");
    const labels = model.units.map((_, i) => i);
    const asleep = model.units.filter((unit) => unit.deviation < 1e-6).length;
    chart(result, "", {
      type: "bar", label: "mean and deviation of each unit", legend: true, x: "unit",
      data: {
        labels,
        datasets: [
          { label: "standard deviation", data: finite(model.units.map((unit) => unit.deviation)), tone: 0 },
          { label: "mean", data: finite(model.units.map((unit) => unit.mean)), tone: 1 },
          distributed
            ? { label: "KL(q(z|x), p(z))", data: finite(model.units.map((unit) => unit.divergence)), tone: 2 }
            : { label: "part of rows at 0", data: finite(model.units.map((unit) => unit.zeros)), tone: 7 },
        ],
      },
    });
    if (distributed) {
      const active = model.units.filter((unit) => unit.deviation ** 2 > 0.01).length;
      return add(result, make("p", "caption", `${active} of ${model.units.length} units are active: their means vary from row to row by a variance of more than 0.01.`));
    }
    return add(result, make("p", "caption", asleep ? `${asleep} of ${model.units.length} units never change.` : `All ${model.units.length} units change from row to row.`));
  }

  function features(model) {
    if (!model.features.length) return null;
    const result = card("Features with the largest errors", true);
    chart(result, "tall", {
      type: "bar", label: "mean squared error by feature", legend: true,
      data: {
        labels: model.features.map((one) => one.name),
        datasets: [
          { label: "mean squared error", data: finite(model.features.map((one) => one.error)), tone: 0 },
          { label: "variance", data: finite(model.features.map((one) => one.variance)), tone: 7 },
        ],
      },
      yAxis: { ticks: { autoSkip: false } },
      options: { indexAxis: "y" },
    });
    return result;
  }

  function numbers(content) {
    const result = card(content.title, true);
    add(result, table(content.head, content.lines.map((line) => line.map(number)), true));
    return content.caption ? add(result, make("p", "caption", content.caption)) : result;
  }

  function compare(models) {
    const names = [...new Set(models.flatMap((model) => Object.keys(model.facts)))];
    const rows = names.map((name) => [name, ...models.map((model) => model.facts[name] ?? "–")]);
    const result = card("Side by side", true);
    return add(result, table(["", ...models.map((model) => model.name)], rows, false));
  }

  function changed(models) {
    const values = new Map();
    models.forEach((model, m) => model.settings.forEach((one) => {
      if (!values.has(one.name)) values.set(one.name, models.map(() => "–"));
      values.get(one.name)[m] = one.value;
    }));
    const rows = [...values].filter(([, row]) => new Set(row).size > 1).map(([name, row]) => [name, ...row]);
    return rows.length ? add(card("Settings that differ", true), table(["", ...models.map((model) => model.name)], rows, false)) : null;
  }

  document.title = data.title;
  root.replaceChildren();
  add(root, make("h1", "", data.title), data.source ? make("p", "quiet", data.source) : null);
  const several = data.models.length > 1;
  if (several) {
    add(root, add(make("div", "grid"), compare(data.models), learning(data.models), changed(data.models)));
  }
  data.models.forEach((model) => {
    const grid = make("div", "grid");
    if (several) add(root, make("h2", "", model.name));
    add(root, grid);
    add(grid,
      several ? null : facts(model), several ? null : settings(model), several ? null : learning([model]), ...parts(model), ...divergences(model), ...pretraining(model),
      ...model.pictures.map((image) => picture(image.title, image, true)),
      ...model.planes.map(scatter),
      units(model), features(model), stepSizes(model), ...model.tables.map(numbers));
    model.notes.forEach((note) => add(root, make("p", "quiet", note)));
  });
  colourAll();
  dark.addEventListener("change", colourAll);
})();
