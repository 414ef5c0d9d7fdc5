namespace FeedWatch.Detection.Text;

/// <summary>A word: a run of letters and digits.</summary>
internal readonly record struct Word(int Start, int End);

/// <summary>A sentence, as the range of its words. A paragraph is a number that changes with each.</summary>
internal readonly record struct Sentence(int FirstWord, int EndWord, TextField Field, int Paragraph);

/// <summary>
/// Title, summary and content laid end to end as plain text, folded, and cut into words and sentences. Made only for articles
/// in which the gate saw something.
/// </summary>
internal sealed class Document
{
    private readonly ArticleText article;
    private readonly PlainText?[] markup = new PlainText?[3];
    private readonly int[] fieldStart = new int[4];
    private readonly char[] text;
    private readonly byte[] folded;

    public Document(ArticleText article, IReadOnlySet<string> abbreviations)
    {
        this.article = article;
        for (var field = 0; field < 3; field++)
        {
            var source = Source((TextField)field);
            if (PlainText.HasMarkup(source))
            {
                markup[field] = new PlainText();
                markup[field]!.Read(source);
            }

            fieldStart[field + 1] = fieldStart[field] + (markup[field]?.Length ?? source.Length) + 1;
        }

        text = new char[fieldStart[3]];
        folded = new byte[text.Length];
        for (var field = 0; field < 3; field++)
        {
            var plain = markup[field] is { } read ? read.Text : Source((TextField)field);
            plain.CopyTo(text.AsSpan(fieldStart[field]));
            text[fieldStart[field + 1] - 1] = PlainText.ParagraphEnd;
        }

        for (var i = 0; i < text.Length; i++)
            folded[i] = Fold.Of(text[i]);
        Words = WordsOf(folded);
        Sentences = SentenceSplitter.Split(this, abbreviations);
    }

    /// <summary>The plain text of all fields, each closed by a paragraph end.</summary>
    public ReadOnlySpan<char> Text => text;

    /// <summary>The folded text, one byte for each character of <see cref="Text"/>.</summary>
    public ReadOnlySpan<byte> Folded => folded;

    public IReadOnlyList<Word> Words { get; }

    public IReadOnlyList<Sentence> Sentences { get; }

    public TextField FieldAt(int position) =>
        position < fieldStart[1] ? TextField.Title : position < fieldStart[2] ? TextField.Summary : TextField.Content;

    /// <summary>The word that holds a place in the text, or the first one after it.</summary>
    public int WordAt(int position)
    {
        int low = 0, high = Words.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Words[middle].End <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The sentence that a word belongs to.</summary>
    public int SentenceAt(int word)
    {
        int low = 0, high = Sentences.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Sentences[middle].EndWord <= word)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public ReadOnlySpan<char> TextOf(int word) => text.AsSpan(Words[word].Start, Words[word].End - Words[word].Start);

    /// <summary>Whether a word starts with a capital letter.</summary>
    public bool IsCapital(int word) => char.IsUpper(text[Words[word].Start]);

    /// <summary>Whether only spaces, hyphens and the given characters stand between a word and the next.</summary>
    public bool AreJoined(int word, ReadOnlySpan<char> allowed = default)
    {
        for (var i = Words[word].End; i < Words[word + 1].Start; i++)
        {
            if (folded[i] is not (Fold.Joint or Fold.Skip) && !allowed.Contains(text[i]))
                return false;
        }

        return true;
    }

    /// <summary>Where a stretch of the text stands in the field as it was given, and what stands there.</summary>
    public (TextField Field, int Start, int Length, string Text) Quote(int start, int end)
    {
        var field = FieldAt(start);
        var offset = start - fieldStart[(int)field];
        var (from, length) = markup[(int)field]?.InSource(offset, end - start) ?? (offset, end - start);
        return (field, from, length, Source(field).Substring(from, length));
    }

    private string Source(TextField field) => field switch
    {
        TextField.Title => article.Title,
        TextField.Summary => article.Summary,
        _ => article.Content,
    };

    private static List<Word> WordsOf(ReadOnlySpan<byte> folded)
    {
        var words = new List<Word>(folded.Length / 6);
        for (var i = 0; i < folded.Length; i++)
        {
            if (!Fold.IsWord(folded[i]))
                continue;
            var start = i;
            while (i < folded.Length && (Fold.IsWord(folded[i]) || folded[i] == Fold.Skip))
                i++;
            words.Add(new(start, i));
        }

        return words;
    }
}
