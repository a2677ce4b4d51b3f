// Puts HTML in the page that has been made and escaped by pages/ui/html.py. The same again is left as it is.
// A link to another of our pages, wherever it stands, is told to the server, which draws that page; with a key held down the
// browser follows it as usual.
(() => {
  const drawn = new WeakMap();
  const BELOW_BAR = 70;  // pixels from the window's top, where the bar is
  const PATIENCE = 10000;  // milliseconds that a page that was gone to may take
  const NARROW = 768;  // pixels: where Streamlit puts the menu in a drawer

  const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);

  const unfold = (more) => {
    const folded = more.closest(".kd-drawn").querySelector(".kd-folded");
    const first = [...folded.querySelectorAll("tbody tr")].find((row) => !row.offsetParent);
    folded.classList.remove("kd-folded");
    more.remove();
    first?.querySelector("a")?.focus({ preventScroll: true });
  };

  // Rows in the order of what the button's column holds; the other way round at the next click. A row of its own kind
  // (the city) stays first.
  const sort = (button) => {
    const head = button.closest("th");
    const up = head.getAttribute("aria-sort") === "descending" || !head.hasAttribute("aria-sort");
    head.closest("tr").querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const at = head.cellIndex;
    const value = (row) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
    const order = (one, other) => {
      const [a, b] = [value(one), value(other)];
      if (!a || !b) return a ? -1 : b ? 1 : 0;  // what has no figure comes last, whichever way
      const numbers = !Number.isNaN(Number(a)) && !Number.isNaN(Number(b));
      const found = numbers ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang);
      return up ? found : -found;
    };
    const rows = [...body.rows].filter((row) => !row.classList.contains("kd-chief"));
    rows.sort(order).forEach((row) => body.append(row));
  };

  // The columns that a phone does not show at first.
  const whole = (button) => {
    const shown = button.closest(".kd-drawn").querySelector(".kd-brief").classList.toggle("kd-whole");
    button.setAttribute("aria-pressed", shown);
  };

  const choose = (chip) => {
    const place = chip.closest(".kd-drawn");
    place.querySelectorAll(".kd-chips .kd-chip").forEach((other) => other.setAttribute("aria-pressed", other === chip));
    const kind = chip.dataset.kind;
    place.querySelectorAll("tbody tr").forEach((row) => {
      row.hidden = Boolean(kind) && !row.classList.contains("kd-chief") && !row.dataset.kinds?.split(" ").includes(kind);
    });
    place.querySelector(".kd-folded")?.classList.toggle("kd-all", Boolean(kind));
  };

  // What a group of buttons is of, for those who hear and do not see the headline above: Streamlit's buttons have only their
  // label, and come after this.
  const name = (group, tries = 20) => {
    const waiting = group.dataset.buttons.split(" ").filter((key) => {
      const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
      button?.setAttribute("aria-label", `${button.textContent.trim()}: ${group.dataset.of}`);
      return !button;
    });
    if (waiting.length && tries && group.isConnected) setTimeout(name, 150, group, tries - 1);
  };

  // The page's language is that of its address, which changes without the page being loaded anew; and on a phone the menu's
  // buttons, which come and go, are called what the page calls them (pages/ui/head.py). In the bar the menu that the page is
  // under is marked, as Streamlit marks a page that stands in the bar itself.
  const MENU = { menu: "[data-testid=stExpandSidebarButton]", close: "[data-testid=stSidebarCollapseButton] button" };
  const called = {};
  const call = () => {
    for (const [which, where] of Object.entries(MENU)) {
      const button = called[which] && document.querySelector(where);
      if (!button || button.dataset.called === called[which]) continue;
      button.dataset.called = called[which];
      button.setAttribute("aria-label", called[which]);
    }
    for (const menu of document.querySelectorAll("[data-testid=stTopNavSection]")) {
      const here = menu.textContent.trim() === called.section;
      if (here === menu.hasAttribute("aria-current")) continue;
      if (here) menu.setAttribute("aria-current", "true");
      else menu.removeAttribute("aria-current");
    }
  };
  new MutationObserver(call).observe(document.documentElement, { childList: true, subtree: true });
  const spoken = () => {
    document.documentElement.lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "sv";
  };

  const told = new Map();  // where it is drawn -> how the server is told of a click there

  // What is large comes as the address of a file, which the browser keeps (pages/ui/drawings.py). Until it is there, what
  // stood here before keeps its place, and is soon no longer seen (style.css). If it cannot be fetched, the server is told
  // and sends it whole.
  const fetched = new Map();
  const fetchOnce = (at) => {
    if (!fetched.has(at)) {
      const asked = fetch(at).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)));
      fetched.set(at, asked.then((text) => { fetched.set(at, text); return text; }));
      if (fetched.size > 8) fetched.delete(fetched.keys().next().value);
    }
    return fetched.get(at);
  };

  window.kvalitetsdialog = ({ data, parentElement, setTriggerValue }) => {
    for (const place of told.keys()) if (!place.isConnected) told.delete(place);
    told.set(parentElement, setTriggerValue);
    const { before = "", at = "", after = "" } = data;
    const all = before + at + after;
    if (drawn.get(parentElement) === all) return;
    drawn.set(parentElement, all);
    const found = at ? fetchOnce(at) : "";
    if (typeof found === "string") {
      put(parentElement, before + found + after);
      return;
    }
    parentElement.setAttribute("aria-busy", "true");
    found.then(
      (text) => drawn.get(parentElement) === all && put(parentElement, before + text + after),
      () => {
        fetched.delete(at);
        drawn.delete(parentElement);
        setTriggerValue("lost", at);
      },
    );
  };

  // The row of the criterion that the address names, as where a cell of the heat map leads: in sight whatever is sifted, and
  // gone to once, not again when another year is chosen.
  let pointed = "";
  const pointOut = (place) => {
    const asked = new URLSearchParams(location.search);
    const row = [...place.querySelectorAll("tr[data-criterion]")].find((each) => each.dataset.criterion === asked.get("criterion"));
    if (!row) return;
    row.hidden = false;
    row.classList.add("kd-chosen");
    row.setAttribute("aria-current", "true");
    const which = `${asked.get("school")} ${asked.get("criterion")}`;
    if (which !== pointed) setTimeout(() => row.scrollIntoView({ block: "center" }), 50);
    pointed = which;
  };

  const put = (parentElement, data) => {
    parentElement.removeAttribute("aria-busy");
    parentElement.innerHTML = data;
    parentElement.querySelectorAll("[data-buttons]").forEach((group) => name(group));
    const words = parentElement.querySelector("[data-menu]")?.dataset;
    if (words) {
      arrived();
      Object.assign(called, words);
      call();
      spoken();
    }
    pointOut(parentElement);
    const school = parentElement.querySelector("[data-school]")?.dataset.school;
    if (school) document.cookie = `kd_school=${encodeURIComponent(school)};path=/;max-age=31536000;samesite=lax`;
    parentElement.onclick = ({ target }) => {
      const button = target.closest("button");
      if (button?.matches(".kd-more")) unfold(button);
      else if (button?.matches(".kd-sort")) sort(button);
      else if (button?.matches(".kd-rest")) whole(button);
      else if (button?.matches(".kd-chip")) choose(button);
      else if (button?.matches(".kd-save")) window.kvalitetsdialogSave(button);
    };
  };

  // Whether the server has been told to go there. What is gone to is read from its top, as if it were loaded: Streamlit
  // leaves it as far down as the page was that is left.
  let goes = 0;
  const gone = (address) => {
    const [place, go] = [...told].find(([each]) => each.isConnected) ?? [];
    if (!place || !/^[a-z-]*(\?.*)?$/.test(address)) return false;
    go("go", address || "start");
    goes = performance.now();
    return true;
  };
  const arrived = () => {
    if (goes && performance.now() - goes < PATIENCE) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    goes = 0;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target === "_blank" || event.defaultPrevented || !plain(event)) return;
    if (gone(link.getAttribute("href"))) event.preventDefault();
  });

  // The way down the same page (pages/ui/notices.py): what it leads to is opened, and read from there on.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".kd-jumps a");
    const place = link && document.getElementById(link.hash.slice(1));
    if (!place || !plain(event)) return;
    event.preventDefault();
    if (place.matches("details")) place.open = true;
    const heading = place.querySelector("h2") ?? place;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  });

  // What is unfolded is brought in sight as far as there is room, as it comes: below the window's edge nobody would see that
  // anything came. Whoever scrolls is left alone.
  document.addEventListener("click", (event) => {
    const fold = event.target.closest?.(".stExpander details > summary")?.parentElement;
    const page = fold?.closest("[data-testid=stMain]");
    if (!page || fold.open) return;
    const grown = new ResizeObserver(() => {
      const { top, bottom } = fold.getBoundingClientRect();
      if (fold.open && bottom > innerHeight) page.scrollBy(0, Math.max(Math.min(bottom - innerHeight, top - BELOW_BAR), 0));
    });
    const leave = () => grown.disconnect();
    ["wheel", "touchmove", "keydown"].forEach((kind) => addEventListener(kind, leave, { once: true, passive: true }));
    grown.observe(fold);
    setTimeout(leave, 3000);
  }, true);

  // On a phone the menu lies over the page: it is closed by choosing in it. Streamlit leaves it open, and keeps that.
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest?.("[data-testid=stSidebarNav] a[href]");
    if (chosen && plain(event) && innerWidth < NARROW) setTimeout(() => document.querySelector(MENU.close)?.click());
  });

  // A point in a picture that was clicked leads where its id says (analytics/charts/style.py); Plotly notes what is under
  // the pointer.
  document.addEventListener("click", (event) => {
    const plot = event.target.closest?.(".js-plotly-plot");
    const way = plot?._hoverdata?.find((point) => point.id)?.id;
    if (way && plain(event)) gone(way);
  });

  // A click in the bar also closes a choice that is open, and Streamlit asks for the page that is left once more, after
  // the other: nobody would get away from it. Told like this the way is kept.
  document.addEventListener("click", (event) => {
    const bar = "header a[href], [data-testid=stTopNavPopoverBody] a[href], [data-testid=stLogoLink]";
    const link = event.target.closest?.(bar);
    if (!link || !plain(event) || !document.querySelector("[data-testid=stPopoverBody]")) return;
    if (!gone(link.href ? new URL(link.href).pathname.split("/").pop() : "")) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
