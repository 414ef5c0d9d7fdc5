namespace FeedWatch.Detection.Figures;

/// <summary>A number in a document.</summary>
/// <param name="Value">Multipliers included: 27 million is 27,000,000.</param>
/// <param name="Start">Its first character in the document's text.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="FirstWord">Its first word.</param>
/// <param name="LastWord">Its last word; the unit may be glued to it (<c>660kg</c>).</param>
/// <param name="IsArticle">It is a word that may as well be the article "a".</param>
/// <param name="IsYear">Four digits that are more likely a year.</param>
internal sealed record NumberMention(decimal Value, int Start, int End, int FirstWord, int LastWord, bool IsArticle, bool IsYear);
