// title: The sources of an edge | مصادر صلة
// en: The sentences that a direct edge between two actors rests on.
// ar: الجمل التي تستند إليها صلة مباشرة بين طرفين.
// param: from actor | where the edge starts | مبدأ الصلة
// param: to actor | where it ends | منتهاها
// param: type type? | only facts of this type | نوع الواقعة وحده
// column: type node | what the edge says | نوع الواقعة
// column: article node | the article | الخبر
// column: source node | who is quoted for it | المصدر
// column: status node | whether it happened, by this report | الحال
// column: evidence | the words | النص
// column: report node | the report | الرواية
// key: report
// order: type, article, report
// example: from=القوات العراقية; to=الرمادي
var from = "<org/القوات_العراقية>"
var to = "<place/الرمادي>"
var type = ""

// Symmetric facts have both parties as agents, the others a patient.
var roles = ["<sila:patient>", "<sila:agent>"]
roles.forEach(function (role) {
  var facts = g.V(from).in("<sila:agent>").unique().has(role, to)
  if (type) facts = facts.has("<rdf:type>", type)
  facts.save("<rdf:type>", "type").save("<sila:report>", "report").forEach(function (f) {
    g.V(f.report).tag("report")
      .saveOpt("<sila:source>", "source")
      .saveOpt("<sila:status>", "status")
      .saveOpt("<sila:evidence>", "evidence")
      .save("<sila:article>", "article")
      .forEach(function (row) {
        row.type = f.type
        g.emit(row)
      })
  })
})
