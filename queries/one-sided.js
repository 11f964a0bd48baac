// title: What is known from one side only | ما يُعرف من طرف واحد
// en: The deeds of an actor that nobody but the actor itself reports: claims, not findings.
// ar: أفعال طرف لا يرويها أحد غيره: ادعاءات لا وقائع ثابتة.
// param: actor actor | who claims it | صاحب الادعاء
// column: edge | what the actor claims | الادعاء
// column: target | against whom or what | على من
// key: edge, target
// example: actor=تنظيم داعش
var actor = "<org/تنظيم_داعش>"

g.V(actor).out(null, "edge").tag("target").forEach(function (row) {
  if (row.edge.indexOf("<claims_") == 0) g.emit({edge: row.edge, target: row.target})
})
