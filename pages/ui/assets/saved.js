// Keeps a picture as a file: the chart's own drawing, with its headline above it and where it comes from below, as SVG, or drawn
// from that as PNG. It holds what is seen, and nothing of what shows on pointing.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 16;
  const FONT = "'Source Sans', 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
  const SHARP = 3;  // pixels of a PNG for each of the screen's: enough for print
  const WIDER = 1.25;  // how much wider letters are than ours, where a program has not our font

  const element = (name, attributes, text) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    if (text) made.textContent = text;
    return made;
  };

  // The text in lines that are no wider than this.
  const lines = (text, font, width) => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const room = width / WIDER;
    return text.split(" ").reduce((found, word) => {
      const longer = `${found.at(-1)} ${word}`.trim();
      if (found.at(-1) && pen.measureText(longer).width > room) found.push(word);
      else found[found.length - 1] = longer;
      return found;
    }, [""]);
  };

  const written = (text, { size, weight, colour, top, width }) => {
    const height = Math.round(size * 1.35);
    const parts = lines(text, `${weight} ${size}px ${FONT}`, width - 2 * EDGE);
    const block = element("g", { "font-family": FONT, "font-size": size, "font-weight": weight, fill: colour });
    parts.forEach((part, i) => block.append(element("text", { x: EDGE, y: top + (i + 1) * height - size * 0.3 }, part)));
    return [block, parts.length * height];
  };

  // The page's own font, to lie in the file: what is drawn from the file has no other way to it.
  let font;
  const ownFont = async () => {
    const faces = [...document.styleSheets].flatMap((sheet) => {
      try { return [...sheet.cssRules]; } catch { return []; }  // a sheet of an extension's may not be read
    }).filter((rule) => rule instanceof CSSFontFaceRule && /^["']?Source Sans["']?$/.test(rule.style.fontFamily)
      && !/italic/.test(rule.style.fontStyle));
    const address = faces[0]?.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
    if (!address) return "";
    const bytes = await (await fetch(new URL(address, faces[0].parentStyleSheet.href ?? document.baseURI))).blob();
    const read = new FileReader();
    const data = await new Promise((done) => { read.onload = () => done(read.result); read.readAsDataURL(bytes); });
    return `@font-face { font-family: "Source Sans"; font-weight: 200 900; src: url("${data}"); }`;
  };

  const drawn = async (chart, headline, source) => {
    const { width: inner, height } = chart.getBoundingClientRect();
    const width = inner + 2 * EDGE;
    const whole = element("svg", { role: "img" });
    font ??= await ownFont().catch(() => "");
    whole.append(element("title", {}, headline), element("desc", {}, source), element("style", {}, font));
    whole.append(element("rect", { width: "100%", height: "100%", fill: "#FFFFFF" }));
    const [head, above] = written(headline, { size: 17, weight: 600, colour: "#1B1F24", top: EDGE, width });
    const top = EDGE + above + 8;
    const [foot, below] = written(source, { size: 12, weight: 400, colour: "#5F6773", top: top + height + 8, width });
    whole.append(head);
    chart.querySelectorAll(".main-svg").forEach((layer) => {
      const copy = layer.cloneNode(true);
      copy.querySelectorAll(".hoverlayer, .zoomlayer, .nsewdrag, .drag, .draglayer").forEach((part) => part.remove());
      copy.querySelectorAll("[style*=vector-effect]").forEach((part) => part.style.removeProperty("vector-effect"));
      copy.setAttribute("x", EDGE);
      copy.setAttribute("y", top);
      copy.setAttribute("overflow", "visible");
      copy.style.cssText = "background: none; overflow: visible";
      whole.append(copy);
    });
    whole.append(foot);
    const tall = Math.ceil(top + height + 8 + below + EDGE);
    whole.setAttribute("width", Math.ceil(width));
    whole.setAttribute("height", tall);
    whole.setAttribute("viewBox", `0 0 ${Math.ceil(width)} ${tall}`);
    return whole;
  };

  const keep = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const raster = async (svg) => {
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = svg.getAttribute("width") * SHARP;
    canvas.height = svg.getAttribute("height") * SHARP;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  // Who presses before the chart has been drawn gets it when it has.
  const whenDrawn = async (key, tries = 100) => {
    const chart = document.querySelector(`.st-key-${CSS.escape(key)} .js-plotly-plot:has(.main-svg)`);
    if (chart || !tries) return chart;
    await new Promise((done) => setTimeout(done, 100));
    return whenDrawn(key, tries - 1);
  };

  window.kvalitetsdialogSave = async ({ dataset }) => {
    const chart = await whenDrawn(dataset.chart);
    if (!chart) return;
    const svg = await drawn(chart, dataset.headline, dataset.source);
    if (dataset.save === "png") keep(await raster(svg), dataset.name);
    else keep(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }), dataset.name);
  };
})();
