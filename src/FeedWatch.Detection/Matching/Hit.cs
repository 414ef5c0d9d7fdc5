namespace FeedWatch.Detection.Matching;

/// <summary>A term found in a document.</summary>
/// <param name="Term">The term.</param>
/// <param name="Start">First character in the document's text.</param>
/// <param name="End">Behind its last character; the whole word for a term that is open to the right.</param>
/// <param name="FirstWord">The word it starts in.</param>
/// <param name="LastWord">The word it ends in.</param>
/// <param name="Sentence">The sentence it stands in.</param>
internal sealed record Hit(Term Term, int Start, int End, int FirstWord, int LastWord, int Sentence);
