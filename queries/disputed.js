// title: Claims against denials | ادعاءات ونفيها
// en: Facts that one source reports and another denies, each with the sources of both sides.
// ar: وقائع يرويها مصدر وينفيها آخر، مع مصادر الجانبين.
// param: actor actor? | only facts that involve this actor or place | ما يخص هذا الطرف أو المكان وحده
// column: type node | what is disputed | نوع الواقعة
// column: agent node | the doers | الفاعل
// column: patient node | whom it befell | المفعول به
// column: claimed_by node | sources that report it | من يرويها
// column: denied_by node | sources that deny it | من ينفيها
// column: fact node | the fact, for where-reported | الواقعة
// key: fact
// order: type
// example: actor=الشدادي
var actor = "<place/الشدادي>"

var facts = g.V("<sila:disputed>").in("<sila:status>")
if (actor) facts = g.V(actor).in(["<sila:agent>", "<sila:patient>", "<sila:place>"]).unique().has("<sila:status>", "<sila:disputed>")
facts.unique().tag("fact")
  .save("<rdf:type>", "type")
  .saveOpt("<sila:agent>", "agent")
  .saveOpt("<sila:patient>", "patient")
  .out("<sila:report>")
  .saveOpt("<sila:status>", "status")
  .saveOpt("<sila:source>", "source")
  .forEach(function (row) {
    row[row.status == "<sila:negated>" ? "denied_by" : "claimed_by"] = row.source
    g.emit(row)
  })
