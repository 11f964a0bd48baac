// title: Where a fact is reported | أين رُويت واقعة
// en: Every report of a fact: the article, its date, who is quoted for it, and the words.
// ar: كل رواية لواقعة: الخبر وتاريخه ومن نُقلت عنه ونصها.
// param: fact fact | the fact's IRI, as other queries print it | معرّف الواقعة
// column: date | date of the article | تاريخ الخبر
// column: article node | the article | الخبر
// column: title | its title | عنوانه
// column: source node | who is quoted for it | المصدر
// column: status node | whether it happened, by this report | الحال
// column: evidence | the words | النص
// column: report node | the report | الرواية
// key: report
// order: date, report
// example: fact=<fact/7f3a91>
var fact = "<fact/7f3a91>"

g.V(fact).out("<sila:report>").unique().tag("report")
  .saveOpt("<sila:source>", "source")
  .saveOpt("<sila:status>", "status")
  .saveOpt("<sila:evidence>", "evidence")
  .out("<sila:article>").tag("article")
  .saveOpt("<sila:date>", "date")
  .saveOpt("<sila:headline>", "title").all()
