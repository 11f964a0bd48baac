// The map of events: outlines from Natural Earth (package world-atlas), circles
// from /api/sila/v1/places, a slider over the days. No tiles are fetched.
import {feature, mesh} from "topojson-client";
import {el, svg} from "./common.js";

const root = document.getElementById("map");
const say = (key, ...args) => args.reduce((s, a) => s.replace("%s", a), root.dataset[key] ?? "");
const status = document.getElementById("map-status");

// Web Mercator in degrees of longitude: x to the east, y to the south.
const X = lon => lon;
const Y = lat => -180 / Math.PI * Math.log(Math.tan(Math.PI / 4 + Math.max(-84, Math.min(84, lat)) * Math.PI / 360));
const fixed = n => n.toFixed(2);

function outline(geometry) {
  let d = "";
  const line = (points, close) => {
    let turn = 0; // goes on beyond 180° instead of back across the whole map
    points.forEach(([lon, lat], i) => {
      if (i && Math.abs(lon - points[i - 1][0]) > 180) turn += lon < points[i - 1][0] ? 360 : -360;
      d += (i ? "L" : "M") + fixed(X(lon + turn)) + " " + fixed(Y(lat));
    });
    if (close) d += "Z";
  };
  const draw = g => {
    switch (g.type) {
    case "Polygon": g.coordinates.forEach(r => line(r, true)); break;
    case "MultiPolygon": g.coordinates.forEach(p => p.forEach(r => line(r, true))); break;
    case "MultiLineString": g.coordinates.forEach(l => line(l, false)); break;
    case "FeatureCollection": g.features.forEach(f => draw(f.geometry)); break;
    default: if (g.geometry) draw(g.geometry);
    }
  };
  draw(geometry);
  return d;
}

const picture = svg("svg", {role: "group", "aria-label": say("label"), tabindex: "0", preserveAspectRatio: "xMidYMid slice"});
const land = svg("g", {class: "land", "aria-hidden": "true"});
const circles = svg("g", {class: "events"});
picture.append(land, circles);
root.append(picture);

let view = {x: 12, y: -45, w: 60};
function look() {
  const h = view.w * root.clientHeight / Math.max(1, root.clientWidth);
  picture.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${h}`);
  const unit = view.w / Math.max(1, root.clientWidth); // degrees a pixel
  for (const c of circles.querySelectorAll("circle")) c.setAttribute("r", c.dataset.r * unit);
}
function zoom(by, cx = .5, cy = .5) {
  const h = view.w * root.clientHeight / Math.max(1, root.clientWidth);
  const w = Math.min(360, Math.max(.5, view.w * by)), k = w / view.w;
  view = {x: view.x + view.w * cx * (1 - k), y: view.y + h * cy * (1 - k), w};
  look();
}
function move(dx, dy) { view.x += dx; view.y += dy; look(); }

root.addEventListener("wheel", ev => {
  const b = root.getBoundingClientRect();
  zoom(ev.deltaY > 0 ? 1.2 : 1 / 1.2, (ev.clientX - b.left) / b.width, (ev.clientY - b.top) / b.height);
  ev.preventDefault();
}, {passive: false});
let drag = null;
const fingers = new Map();
root.addEventListener("pointerdown", ev => { fingers.set(ev.pointerId, ev); drag = {x: ev.clientX, y: ev.clientY, moved: false}; });
addEventListener("pointermove", ev => {
  if (!drag || !fingers.has(ev.pointerId)) return;
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()], before = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    fingers.set(ev.pointerId, ev);
    const [c, d] = [...fingers.values()], after = Math.hypot(c.clientX - d.clientX, c.clientY - d.clientY);
    if (before && after) zoom(before / after);
    return;
  }
  fingers.set(ev.pointerId, ev);
  const unit = view.w / root.clientWidth, dx = ev.clientX - drag.x, dy = ev.clientY - drag.y;
  if (!drag.moved && Math.hypot(dx, dy) < 4) return;
  move(-dx * unit, -dy * unit);
  drag = {x: ev.clientX, y: ev.clientY, moved: true};
});
addEventListener("pointerup", ev => { fingers.delete(ev.pointerId); });
addEventListener("pointercancel", ev => { fingers.delete(ev.pointerId); });
root.addEventListener("click", ev => { if (drag?.moved) ev.preventDefault(); drag = null; }, true);
picture.addEventListener("keydown", ev => {
  const s = view.w / 10, k = {ArrowLeft: [-s, 0], ArrowRight: [s, 0], ArrowUp: [0, -s], ArrowDown: [0, s]}[ev.key];
  if (k) move(...k);
  else if (ev.key === "+" || ev.key === "=") zoom(1 / 1.3);
  else if (ev.key === "-") zoom(1.3);
  else return;
  ev.preventDefault();
});
for (const b of document.querySelectorAll("[data-map]")) b.addEventListener("click", () => ({in: () => zoom(1 / 1.5), out: () => zoom(1.5), fit})[b.dataset.map]());
addEventListener("resize", look);

let places = [], days = [];
const from = document.getElementById("map-from"), to = document.getElementById("map-to");
const words = s => {
  const [y, m, d] = s.split("-").map(Number);
  return new Intl.DateTimeFormat(document.documentElement.lang === "ar" ? "ar-IQ-u-nu-latn-ca-gregory" : "en-GB", {year: "numeric", month: "long", ...(d ? {day: "numeric"} : {})}).format(new Date(Date.UTC(y, (m || 1) - 1, d || 1, 12)));
};

function draw() {
  let a = Math.min(from.value, to.value), b = Math.max(from.value, to.value);
  const first = days[a] ?? "", last = days[b] ?? "";
  document.getElementById("map-range").textContent = first ? words(first) + " – " + words(last) : "";
  circles.textContent = "";
  const table = document.getElementById("map-places");
  table.textContent = "";
  let total = 0;
  const rows = [];
  for (const p of places) {
    let n = 0;
    const by = {};
    for (const e of p.events) if (!first || e.date >= first && e.date.slice(0, last.length) <= last) { n += e.n; by[e.family] = (by[e.family] || 0) + e.n; }
    if (!n) continue;
    total += n;
    const family = Object.keys(by).sort((x, y) => by[y] - by[x] || (x < y ? -1 : 1))[0];
    const q = new URLSearchParams(location.search);
    q.delete("lang"); q.delete("theme");
    q.set("place", p.iri);
    if (first) { q.set("from", first); q.set("to", last); }
    rows.push({p, n, family, href: "/events?" + q});
  }
  rows.sort((x, y) => y.n - x.n);
  for (const {p, n, family, href} of rows) {
    const c = svg("circle", {cx: X(p.located[1]), cy: Y(p.located[0]), class: family});
    c.dataset.r = Math.min(28, 3 + 2.2 * Math.sqrt(n));
    const title = svg("title", {});
    title.textContent = p.name + ": " + n;
    circles.append(svg("a", {href, "aria-label": p.name + ": " + n}, title, c));
  }
  rows.slice(0, 200).forEach(({p, n, href}) => table.append(el("tr", {}, el("th", {scope: "row"}, el("a", {href: p.page}, el("bdi", {}, p.name))), el("td", {}, el("a", {href}, String(n))))));
  status.textContent = say("count", total, rows.length);
  look();
}

function fit() {
  if (!places.length) return look();
  const n = p => p.events.reduce((s, e) => s + e.n, 0);
  const all = places.reduce((s, p) => s + n(p), 0);
  // the window that holds all but the few outermost events on each side
  const edge = (get, down) => {
    let left = all * .06;
    for (const p of [...places].sort((a, b) => down ? get(b) - get(a) : get(a) - get(b))) if ((left -= n(p)) < 0) return get(p);
    return 0;
  };
  const px = p => X(p.located[1]), py = p => Y(p.located[0]);
  const x0 = edge(px, false), x1 = edge(px, true), y0 = edge(py, false), y1 = edge(py, true);
  const ratio = root.clientHeight / Math.max(1, root.clientWidth);
  const w = Math.max(4, (x1 - x0) * 1.3, (y1 - y0) * 1.3 / ratio);
  view = {x: (x0 + x1) / 2 - w / 2, y: (y0 + y1) / 2 - w * ratio / 2, w};
  look();
}

async function begin() {
  const q = new URLSearchParams(location.search);
  q.delete("theme");
  q.set("lang", document.documentElement.lang);
  const [world, answer] = await Promise.all([fetch("/explore/web/countries.json").then(r => r.json()), fetch("/api/sila/v1/places?" + q)]);
  const found = await answer.json();
  if (!answer.ok) { status.textContent = found.error; return; }
  land.append(svg("path", {class: "ground", d: outline(feature(world, world.objects.land))}), svg("path", {class: "border", d: outline(mesh(world, world.objects.countries, (a, b) => a !== b))}));
  places = found.items;
  days = [...new Set(places.flatMap(p => p.events.map(e => e.date)))].filter(Boolean).sort();
  for (const r of [from, to]) { r.max = Math.max(0, days.length - 1); r.disabled = days.length < 2; r.addEventListener("input", draw); }
  from.value = 0;
  to.value = Math.max(0, days.length - 1);
  for (const r of [from, to]) r.addEventListener("input", () => r.setAttribute("aria-valuetext", words(days[r.value])));
  draw();
  fit();
  root.dataset.ready = "1";
}
begin().catch(e => { status.textContent = e.message; });
