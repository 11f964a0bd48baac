// title: Copies of an article | نسخ خبر
// en: The articles that print the same text, word for word or slightly changed; as a source, all of them count once.
// ar: الأخبار التي تنشر النص نفسه حرفيا أو بتغيير طفيف، وهي كلها مصدر واحد.
// param: article article | the article's id or IRI | معرّف الخبر
// column: article node | a copy, the article itself among them | النسخة
// column: date | when it was published | تاريخ النشر
// column: title | its title | العنوان
// column: outlet | who published it | الناشر
// column: text node | the text that they are copies of | النص المشترك
// key: article
// order: date, article
// example: article=a1
var article = "<article/a1>"

g.V(article).out("<sila:copy_of>").tag("text")
  .in("<sila:copy_of>").tag("article")
  .saveOpt("<sila:date>", "date")
  .saveOpt("<sila:headline>", "title")
  .saveOpt("<sila:outlet>", "outlet")
  .all()
