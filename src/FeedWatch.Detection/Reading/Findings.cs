using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>What was found in a document: the hits that count, by sentence.</summary>
internal sealed class Findings
{
    private readonly List<Hit>[] bySentence;
    private readonly long[] concepts;
    private readonly IReadOnlySet<int> functionWords;

    /// <param name="document">What was read.</param>
    /// <param name="functionWords">Its words that are articles, prepositions and the like.</param>
    /// <param name="hits">What was found in it.</param>
    public Findings(Document document, IReadOnlySet<int> functionWords, IEnumerable<Hit> hits)
    {
        Document = document;
        this.functionWords = functionWords;
        bySentence = new List<Hit>[document.Sentences.Count];
        concepts = new long[bySentence.Length];
        for (var i = 0; i < bySentence.Length; i++)
            bySentence[i] = [];
        foreach (var hit in hits)
            Add(hit);
    }

    public Document Document { get; }

    public int Sentences => bySentence.Length;

    public bool IsFunctionWord(int word) => functionWords.Contains(word);

    public IReadOnlyList<Hit> In(int sentence) => bySentence[sentence];

    public IEnumerable<Hit> All(Concept concept) => bySentence.SelectMany(hits => hits).Where(hit => hit.Term.Concept == concept);

    /// <summary>What stands in the text at some hits, each once.</summary>
    public IEnumerable<string> Passages(Predicate<Hit> which) =>
        bySentence.SelectMany(hits => hits).Where(hit => which(hit)).Select(hit => Document.Text[hit.Start..hit.End].ToString()).Distinct(StringComparer.Ordinal);

    /// <summary>All words of the sentences in which it stands.</summary>
    public IEnumerable<string> WordsOf(Concept concept) => Document.Sentences.Where((_, sentence) => Has(sentence, concept))
        .SelectMany(sentence => Enumerable.Range(sentence.FirstWord, sentence.EndWord - sentence.FirstWord)).Select(word => Document.TextOf(word).ToString());

    public IEnumerable<Hit> In(int sentence, Concept concept) => bySentence[sentence].Where(hit => hit.Term.Concept == concept);

    public bool Has(int sentence, Concept concept) => (concepts[sentence] & 1L << (int)concept) != 0;

    /// <summary>Whether it stands in a sentence or in one beside it.</summary>
    public bool IsBeside(int sentence, Concept concept) =>
        Has(sentence, concept) || sentence > 0 && Has(sentence - 1, concept) || sentence + 1 < Sentences && Has(sentence + 1, concept);

    /// <summary>The sentences around one, itself among them.</summary>
    public IEnumerable<int> Near(int sentence, int reach)
    {
        for (var i = Math.Max(0, sentence - reach); i <= Math.Min(Sentences - 1, sentence + reach); i++) yield return i;
    }

    /// <summary>Whether a sentence stands in the title or the summary: what a report is about stands above, history below.</summary>
    public bool IsAbove(int sentence) => Document.Sentences[sentence].Field != TextField.Content;

    public void Add(Hit hit)
    {
        bySentence[hit.Sentence].Add(hit);
        concepts[hit.Sentence] |= 1L << (int)hit.Term.Concept;
    }

    public void Remove(Predicate<Hit> which)
    {
        for (var i = 0; i < bySentence.Length; i++)
        {
            if (bySentence[i].RemoveAll(which) > 0)
                concepts[i] = bySentence[i].Aggregate(0L, (all, hit) => all | 1L << (int)hit.Term.Concept);
        }
    }
}
