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

// The sources of a fact's reports, by what they say of it.
function sources(row) {
  g.V(row.report).saveOpt("<sila:status>", "status").saveOpt("<sila:source>", "source").forEach(function (r) {
    row.claimed_by = r.status == "<sila:negated>" ? null : r.source
    row.denied_by = r.status == "<sila:negated>" ? r.source : null
    g.emit(row)
  })
}

function show(facts) {
  facts.tag("fact")
    .save("<rdf:type>", "type")
    .saveOpt("<sila:agent>", "agent")
    .saveOpt("<sila:patient>", "patient")
    .save("<sila:report>", "report")
    .forEach(sources)
}

var roles = ["<sila:agent>", "<sila:patient>", "<sila:place>"]
if (actor) roles.forEach(function (role) {
  show(g.V(actor).in(role).unique().has("<sila:status>", "<sila:disputed>"))
})
else show(g.V("<sila:disputed>").in("<sila:status>"))
