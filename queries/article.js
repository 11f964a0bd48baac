// title: What an article reports | ما يرويه خبر
// en: The facts of one article in the order of its sentences, each with its sentence.
// ar: وقائع خبر واحد بترتيب جمله، مع نص كل جملة.
// param: article article | the article's id or IRI | معرّف الخبر
// column: sentence | number of the sentence, 0 is the title | رقم الجملة
// column: type node | what it says | نوع الواقعة
// column: agent node | the doers | الفاعل
// column: patient node | whom it befell | المفعول به
// column: status node | whether it happened, by this article | الحال
// column: evidence | the words | النص
// column: report node | the report | الرواية
// key: report
// order: sentence, report
// example: article=a1
var article = "<article/a1>"

g.V(article).in("<sila:article>").tag("report")
  .saveOpt("<sila:sentence>", "sentence")
  .saveOpt("<sila:status>", "status")
  .saveOpt("<sila:evidence>", "evidence")
  .forEach(function (r) {
    g.V(r.report).in("<sila:report>")
      .save("<rdf:type>", "type")
      .saveOpt("<sila:agent>", "agent")
      .saveOpt("<sila:patient>", "patient")
      .forEach(function (f) {
        g.emit({report: r.report, sentence: r.sentence, status: r.status, evidence: r.evidence, type: f.type, agent: f.agent, patient: f.patient})
      })
  })
