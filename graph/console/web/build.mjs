// Bundles the drawn views and the outlines of countries for the map into the
// folder that the build embeds (make): node build.mjs FOLDER.
import * as esbuild from "esbuild";
import {copyFile, mkdir, readFile, writeFile} from "node:fs/promises";

const out = process.argv[2] ?? "../assets/web";
await mkdir(out, {recursive: true});
await esbuild.build({
  entryPoints: ["src/network.js", "src/map.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  outdir: out,
  legalComments: "linked",
});
await copyFile("node_modules/world-atlas/countries-50m.json", `${out}/countries.json`);

// The licences of what is bundled go with it.
const names = ["cytoscape", "cytoscape-fcose", "cose-base", "layout-base", "topojson-client", "world-atlas"];
let text = "";
for (const name of names) {
  const pkg = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
  text += `${name} ${pkg.version} (${pkg.license})\n`;
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt"]) {
    try { text += (await readFile(`node_modules/${name}/${file}`, "utf8")) + "\n"; break; } catch { /* another name */ }
  }
}
await writeFile(`${out}/licences.txt`, text);
