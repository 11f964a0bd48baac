// title: Who said something about somebody | من قال شيئا عن طرف
// en: Those who are named as the source of a fact about an actor, with the fact.
// ar: من نُقلت عنهم وقائع تخص طرفا، مع الواقعة.
// param: actor actor | whom it is about | الطرف المعني
// column: speaker node | who said it | القائل
// column: type node | what it is about | نوع الواقعة
// column: fact node | the fact, for where-reported | الواقعة
// key: speaker, fact
// order: speaker, type
// example: actor=القوات العراقية
var actor = "<org/القوات_العراقية>"

var roles = ["<sila:agent>", "<sila:patient>"]
roles.forEach(function (role) {
  g.V(actor).in(role).unique().tag("fact").save("<rdf:type>", "type").save("<sila:report>", "report").forEach(function (f) {
    g.V(f.report).out("<sila:source>").forEach(function (row) {
      g.emit({speaker: row.id, type: f.type, fact: f.fact})
    })
  })
})
