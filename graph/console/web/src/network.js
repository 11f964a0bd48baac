// The network view: cytoscape over /api/sila/v1/network. What is shown stands in
// the address (#s=…), so that a link reopens it.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import {complete, css, el, pack, unpack, save, xml} from "./common.js";

cytoscape.use(fcose);

const root = document.getElementById("network");
const api = "/api/sila/v1/";
const lang = document.documentElement.lang;
const say = (key, ...args) => args.reduce((s, a) => s.replace("%s", a), root.dataset[key] ?? "");
const status = document.getElementById("net-status");
const tell = text => { status.textContent = text; };

function style() {
  const c = css();
  const family = f => c["--" + (f === "person" ? "personal" : f)] || c["--state"];
  const type = t => c["--" + t.toLowerCase()] || c["--event"];
  return [
    {selector: "node", style: {
      label: "data(name)", "font-size": 11, "font-family": getComputedStyle(document.body).fontFamily, color: c["--fg"],
      "text-valign": "bottom", "text-margin-y": 3, "text-outline-color": c["--bg"], "text-outline-width": 2, "min-zoomed-font-size": 7,
      "background-color": n => type(n.data("type")), width: n => size(n), height: n => size(n), "border-width": 0, "text-wrap": "ellipsis", "text-max-width": 130,
      shape: n => ({Place: "round-rectangle", Organization: "ellipse", Group: "hexagon", Event: "diamond"})[n.data("type")] || "ellipse",
    }},
    {selector: "node[?pinned]", style: {"border-width": 3, "border-color": c["--fg"], "border-style": "double"}},
    {selector: "node:selected", style: {"border-width": 4, "border-color": c["--strong"]}},
    {selector: "edge", style: {
      width: e => Math.min(8, 1 + Math.log2(e.data("n"))), "line-color": e => family(e.data("family")), "curve-style": "bezier", opacity: .75,
      "target-arrow-shape": e => e.data("directed") ? "triangle" : "none", "target-arrow-color": e => family(e.data("family")),
      "line-style": e => e.data("claimed") ? "dashed" : "solid", "font-size": 9, color: c["--fg"], "text-outline-color": c["--bg"], "text-outline-width": 2, "min-zoomed-font-size": 7,
    }},
    {selector: "edge.named", style: {label: e => e.data("text") + (e.data("n") > 1 ? " ×" + e.data("n") : ""), "text-rotation": "autorotate"}},
    {selector: "edge:selected, .way", style: {"line-color": c["--strong"], "target-arrow-color": c["--strong"], "border-color": c["--strong"], "border-width": 4, opacity: 1, "z-index": 9}},
    {selector: ".off", style: {display: "none"}},
  ];
}
const size = n => 12 + 4 * Math.log2(1 + n.data("degree") / 4);

const cy = cytoscape({container: root, style: style(), minZoom: .05, maxZoom: 5, textureOnViewport: false, hideEdgesOnViewport: false, boxSelectionEnabled: true});
window.silaNetwork = cy; // for tests and the curious
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(style()));

// What can be undone: states of the drawing before each step.
const past = [];
const state = () => ({
  n: cy.nodes().map(n => [n.id(), Math.round(n.position("x")), Math.round(n.position("y")), n.data("pinned") ? 1 : 0, n.data("open") ? 1 : 0]),
  f: filters(),
  z: Math.round(cy.zoom() * 100) / 100, p: [Math.round(cy.pan().x), Math.round(cy.pan().y)],
});
function remember() {
  past.push(cy.elements().jsons());
  if (past.length > 40) past.shift();
  document.getElementById("net-undo").disabled = false;
}
function undo() {
  const before = past.pop();
  if (!before) return;
  cy.elements().remove();
  cy.add(before);
  document.getElementById("net-undo").disabled = !past.length;
  shown();
}

const form = document.getElementById("net-filter");
function filters() {
  const f = {};
  for (const box of form.querySelectorAll("input[name=family]")) if (!box.checked) (f.off ??= []).push(box.value);
  for (const k of ["from", "to"]) if (form.elements[k].value) f[k] = form.elements[k].value;
  if (form.elements.labels.checked) f.labels = 1;
  return f;
}
function setFilters(f) {
  for (const box of form.querySelectorAll("input[name=family]")) box.checked = !(f.off || []).includes(box.value);
  for (const k of ["from", "to"]) form.elements[k].value = f[k] || "";
  form.elements.labels.checked = !!f.labels;
}

async function fetchNetwork(params) {
  const body = new URLSearchParams(params);
  const f = filters();
  for (const k of ["from", "to"]) if (f[k]) body.append(k, f[k]);
  body.append("lang", lang);
  const r = await fetch(api + "network", {method: "POST", body});
  const out = await r.json();
  if (!r.ok) throw new Error(out.error);
  return out;
}

// merge adds what isn't drawn yet, near where it was asked from.
function merge(net, near) {
  const at = near ? near.position() : {x: 0, y: 0};
  const fresh = [];
  net.nodes.forEach((n, i) => {
    const have = cy.getElementById(n.iri);
    if (have.nonempty()) { have.data("more", n.more || have.data("more") || 0); return; }
    const a = i * 2.4, r = 60 + 6 * i;
    fresh.push({group: "nodes", data: {id: n.iri, name: n.name, type: n.type, degree: n.degree, more: n.more}, position: {x: at.x + r * Math.cos(a), y: at.y + r * Math.sin(a)}});
  });
  cy.add(fresh);
  net.edges.forEach(e => {
    const have = cy.getElementById(e.id);
    if (have.nonempty()) have.data(e);
    else if (cy.getElementById(e.source).nonempty() && cy.getElementById(e.target).nonempty()) cy.add({group: "edges", data: e});
  });
  return fresh.length;
}

function arrange(all) {
  const many = cy.nodes().length > 150;
  cy.layout({
    name: "fcose", quality: many ? "draft" : "default", randomize: !!all, animate: !many && !matchMedia("(prefers-reduced-motion: reduce)").matches, animationDuration: 400,
    nodeSeparation: 140, idealEdgeLength: 190, nodeRepulsion: 40000, gravity: .15, packComponents: true, fit: true, padding: 40,
    fixedNodeConstraint: cy.nodes("[?pinned]").map(n => ({nodeId: n.id(), position: {...n.position()}})),
  }).run();
}

// shown applies the filters, and says how much there is.
function shown() {
  const f = filters();
  const off = new Set(f.off || []);
  cy.batch(() => {
    cy.edges().forEach(e => {
      const late = f.from && e.data("last") && e.data("last") < f.from, early = f.to && e.data("first") && e.data("first").slice(0, f.to.length) > f.to;
      e.toggleClass("off", off.has(e.data("family")) || !!late || !!early);
      e.toggleClass("named", !!f.labels);
    });
  });
  const big = cy.elements().length > 1200;
  const r = cy.renderer();
  r.hideEdgesOnViewport = big;
  r.textureOnViewport = big;
  tell(say("count", cy.nodes().length, cy.edges().not(".off").length));
  list();
  details();
}

async function expand(id) {
  const node = cy.getElementById(id);
  try {
    const net = await fetchNetwork([["of", id], ["limit", document.getElementById("net-limit").value], ...cy.nodes().map(n => ["with", n.id()])]);
    remember();
    const n = merge(net, node.nonempty() ? node : null);
    cy.getElementById(id).data("open", true);
    if (n) arrange(cy.nodes().length === net.nodes.length);
    shown();
    if (!n) tell(say("nomore"));
  } catch (e) { tell(e.message); }
}

// collapse takes away those who are tied to this node alone.
function collapse(id) {
  remember();
  const node = cy.getElementById(id);
  node.neighborhood("node").filter(n => !n.data("open") && !n.data("pinned") && n.neighborhood("node").length === 1).remove();
  node.data("open", false);
  shown();
}

async function way() {
  const two = cy.nodes(":selected");
  if (two.length !== 2) { tell(say("picktwo")); return; }
  const [a, b] = two.map(n => n.id());
  const r = await fetch(api + "path?" + new URLSearchParams({a, b, lang}));
  const out = await r.json();
  cy.elements().removeClass("way");
  if (!r.ok) { tell(out.error); return; }
  if (!out.paths.length) { tell(say("nopath")); return; }
  remember();
  const ids = [...new Set(out.paths[0].flatMap(s => [s.from.iri, s.to.iri]))];
  const net = await fetchNetwork([...ids.map(i => ["with", i])]);
  merge(net, two[0]);
  for (const s of out.paths[0]) {
    cy.getElementById(s.from.iri).addClass("way");
    cy.getElementById(s.to.iri).addClass("way");
    cy.getElementById(s.from.iri).edgesWith(cy.getElementById(s.to.iri)).addClass("way");
  }
  arrange(false);
  shown();
  tell(out.paths[0].map(s => s.text).join(" ← "));
}

// details shows what is selected, with links to its pages.
function details() {
  const box = document.getElementById("net-details");
  box.textContent = "";
  const nodes = cy.nodes(":selected"), edges = cy.edges(":selected");
  if (nodes.length === 1) {
    const n = nodes[0];
    box.append(el("h3", {}, el("a", {href: "/entity?iri=" + encodeURIComponent(n.id())}, el("bdi", {}, n.data("name")))));
    const act = (key, fn) => el("button", {type: "button", class: "plain", onclick: fn}, say(key));
    box.append(el("p", {class: "bar"}, act("expand", () => expand(n.id())), act("collapse", () => collapse(n.id())),
      act(n.data("pinned") ? "unpin" : "pin", () => pin(n)), act("drop", () => { remember(); n.remove(); shown(); })));
    if (n.data("more")) box.append(el("p", {class: "dim small"}, say("more", n.data("more"))));
    box.append(ties(n.connectedEdges().not(".off")));
  } else if (edges.length) box.append(ties(edges));
  else box.append(el("p", {class: "dim"}, nodes.length > 1 ? say("picked", nodes.length) : say("hint")));
}
function ties(edges) {
  const ul = el("ul", {class: "plain small"});
  edges.sort((a, b) => b.data("n") - a.data("n")).slice(0, 60).forEach(e => {
    ul.append(el("li", {}, el("bdi", {}, e.source().data("name")), " ", el("a", {href: e.data("page")}, e.data("text") + (e.data("n") > 1 ? " ×" + e.data("n") : "")), " ", el("bdi", {}, e.target().data("name"))));
  });
  return ul;
}
function pin(n) {
  remember();
  n.data("pinned", !n.data("pinned"));
  details();
}

// list is the drawing for the keyboard and for readers of screens: a button for each node.
function list() {
  const ul = document.getElementById("net-nodes");
  ul.textContent = "";
  cy.nodes().sort((a, b) => b.data("degree") - a.data("degree")).slice(0, 500).forEach(n => {
    const b = el("button", {type: "button", class: "plain", "aria-pressed": String(n.selected())}, el("bdi", {}, n.data("name")));
    b.dataset.id = n.id();
    b.addEventListener("click", ev => {
      if (!ev.shiftKey && !ev.ctrlKey) cy.elements().unselect();
      n.selected() ? n.unselect() : n.select();
      cy.animate({center: {eles: n}, duration: 200});
    });
    ul.append(el("li", {}, b));
  });
}
cy.on("select unselect", () => {
  details();
  for (const b of document.querySelectorAll("#net-nodes button")) b.setAttribute("aria-pressed", String(cy.getElementById(b.dataset.id).selected()));
});
cy.on("layoutstop", () => { if (cy.zoom() > 1.3) { cy.zoom(1.3); cy.center(); } });
cy.on("dbltap", "node", ev => expand(ev.target.id()));
cy.on("grab", "node", () => { cy.scratch("grabbed", cy.elements().jsons()); });
cy.on("dragfree", "node", () => { past.push(cy.scratch("grabbed")); document.getElementById("net-undo").disabled = false; });

function graphml() {
  let s = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const [id, on, type] of [["name", "node", "string"], ["type", "node", "string"], ["degree", "node", "int"], ["x", "node", "double"], ["y", "node", "double"],
    ["relation", "edge", "string"], ["text", "edge", "string"], ["facts", "edge", "int"], ["first", "edge", "string"], ["last", "edge", "string"], ["claimed", "edge", "boolean"]]) {
    s += `<key id="${id}" for="${on}" attr.name="${id}" attr.type="${type}"/>\n`;
  }
  s += '<graph edgedefault="directed">\n';
  const data = (k, v) => v === undefined || v === "" ? "" : `<data key="${k}">${xml(v)}</data>`;
  cy.nodes().forEach(n => { s += `<node id="${xml(n.id())}">${data("name", n.data("name"))}${data("type", n.data("type"))}${data("degree", n.data("degree"))}${data("x", n.position("x"))}${data("y", n.position("y"))}</node>\n`; });
  cy.edges().not(".off").forEach(e => {
    s += `<edge source="${xml(e.source().id())}" target="${xml(e.target().id())}" directed="${e.data("directed")}">${data("relation", e.data("type"))}${data("text", e.data("text"))}${data("facts", e.data("n"))}${data("first", e.data("first"))}${data("last", e.data("last"))}${data("claimed", !!e.data("claimed"))}</edge>\n`;
  });
  return s + "</graph>\n</graphml>\n";
}

const actions = {
  undo, way, fit: () => cy.animate({fit: {padding: 40}, duration: 200}), arrange: () => { remember(); arrange(true); },
  png: () => save("sila-network.png", cy.png({output: "blob", full: true, scale: 2, bg: css()["--bg"], maxWidth: 8000, maxHeight: 8000})),
  graphml: () => save("sila-network.graphml", new Blob([graphml()], {type: "application/xml"})),
  clear: () => { remember(); cy.elements().remove(); shown(); },
  link: async () => {
    const url = location.origin + "/network#s=" + await pack(state());
    history.replaceState(null, "", url);
    const field = document.getElementById("net-link");
    field.hidden = false;
    field.value = url;
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(url).catch(() => {});
    tell(say("linked"));
  },
};
for (const b of document.querySelectorAll("[data-net]")) b.addEventListener("click", () => actions[b.dataset.net]());
form.addEventListener("change", ev => { if (["from", "to"].includes(ev.target.name)) redraw(); else shown(); });
form.addEventListener("submit", ev => ev.preventDefault());
root.addEventListener("keydown", ev => {
  const step = 60, keys = {ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step]};
  if (keys[ev.key]) cy.panBy({x: keys[ev.key][0], y: keys[ev.key][1]});
  else if (ev.key === "+" || ev.key === "=") cy.zoom({level: cy.zoom() * 1.25, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
  else if (ev.key === "-") cy.zoom({level: cy.zoom() / 1.25, renderedPosition: {x: cy.width() / 2, y: cy.height() / 2}});
  else if ((ev.ctrlKey || ev.metaKey) && ev.key === "z") undo();
  else if (ev.key === "Delete" && cy.$(":selected").nonempty()) { remember(); cy.nodes(":selected").remove(); shown(); }
  else return;
  ev.preventDefault();
});

// redraw asks for the edges of other dates between those who are there.
async function redraw() {
  if (!form.reportValidity()) return;
  try {
    const net = await fetchNetwork(cy.nodes().map(n => ["with", n.id()]));
    remember();
    cy.edges().remove();
    merge(net);
    shown();
  } catch (e) { tell(e.message); }
}

complete(document.getElementById("net-add"), item => expand(item.iri));

async function begin() {
  const packed = new URLSearchParams(location.hash.slice(1)).get("s");
  if (packed) {
    try {
      const s = await unpack(packed);
      setFilters(s.f || {});
      merge(await fetchNetwork(s.n.map(n => ["with", n[0]])));
      cy.batch(() => s.n.forEach(([id, x, y, pinned, open]) => {
        const n = cy.getElementById(id);
        if (n.nonempty()) { n.position({x, y}); n.data("pinned", !!pinned); n.data("open", !!open); }
      }));
      shown();
      if (s.z) cy.viewport({zoom: s.z, pan: {x: s.p[0], y: s.p[1]}}); else cy.fit(undefined, 40);
      return;
    } catch (e) { tell(say("badlink")); }
  }
  const of = new URLSearchParams(location.search).getAll("of");
  for (const id of of) await expand(id);
  if (!of.length) for (const id of JSON.parse(root.dataset.start || "[]")) await expand(id);
  past.length = 0;
  document.getElementById("net-undo").disabled = true;
}
begin().then(() => { root.dataset.ready = "1"; });
