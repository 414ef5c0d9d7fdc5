using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Reading;

/// <summary>
/// Tells whose a name is that could be a network's: a person's ("Danny M."), or a place's ("a family in the Kempen"). One place in the
/// text that says so holds for the whole text.
/// </summary>
internal sealed class Bearers(Findings findings)
{
    /// <summary>Names that are looked up in the whole text: enough for any report, and an end for a text made of names.</summary>
    private const int MostSearches = 100;

    /// <summary>"The", "ten", "en": a longer word behind "in the X" may be what the X only adorns, as in "in the Veltrix case".</summary>
    private const int SmallWord = 3;

    // Networks too are what somebody is "in": chats in one, hackers in one.
    private static readonly Concept[] Carriers = [Concept.Service, Concept.Thing, Concept.Encrypted, Concept.Infiltration, Concept.Takedown, Concept.Aftermath];

    // People, servers and raids are somewhere.
    private static readonly Concept[] Placed = [Concept.Operator, Concept.Arrest, Concept.Search, Concept.Seizure, Concept.Police, Concept.Court];

    private readonly Document document = findings.Document;
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Whether the text says somewhere that the name in these words is a person's or a place's.</summary>
    public bool IsNoNetwork(int first, int end)
    {
        var name = document.Text[document.Words[first].Start..document.Words[end - 1].End].ToString();
        if (!known.TryGetValue(name, out var isNone))
            known[name] = isNone = known.Count >= MostSearches || IsAnothers([.. Enumerable.Range(0, document.Words.Count - (end - first) + 1).Where(word => Stands(word, first, end))], end - first);
        return isNone;
    }

    private bool IsAnothers(IReadOnlyList<int> places, int length) =>
        places.Any(word => IsInitialled(word + length - 1)) || places.Any(word => IsPlace(word, word + length)) && !places.Any(IsCalledOne);

    // "The messenger Veltrix" stays one, though gangs felt safe in Veltrix.
    private bool IsCalledOne(int word) =>
        word > 0 && document.AreJoined(word - 1, NameShapes.Quotes) && findings.In(document.SentenceAt(word)).Any(hit => hit.LastWord == word - 1 && hit.Term.Concept is Concept.Service or Concept.Thing);

    private bool Stands(int word, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (!document.TextOf(word + i - first).Equals(document.TextOf(i), StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    // "Danny M. (36)", "Peter R. de Vries"; but "the founder of Obscura X. Police …".
    private bool IsInitialled(int last)
    {
        if (last + 1 >= document.Words.Count || !document.IsCapital(last + 1) || document.TextOf(last + 1).Length > 1 || !document.AreJoined(last) || document.Text[document.Words[last + 1].End] != '.')
            return false;
        var rest = document.Text[(document.Words[last + 1].End + 1)..].TrimStart([' ', '\u00a0']);
        return rest is [',' or '(' or ';' or '’' or '\'', ..] || rest.Length > 0 && (char.IsLower(rest[0]) || char.IsDigit(rest[0]));
    }

    private bool IsPlace(int word, int end)
    {
        var sentence = document.SentenceAt(word);
        if (findings.In(sentence, Concept.Within).FirstOrDefault(hit => hit.LastWord == word - 1 || hit.LastWord == word - 2 && IsArticle(word - 1)) is not { } within || !document.AreJoined(within.LastWord) || !document.AreJoined(word - 1))
            return false;
        var before = within.FirstWord - 1;
        if (findings.In(sentence).Any(hit => hit.LastWord == before && (Placed.Contains(hit.Term.Concept) || hit.Term is { Concept: Concept.Counted, Name: "servers" })))
            return true;
        // Spanish says "en" of phones and of towns.
        var isThrough = findings.In(sentence, Concept.Through).Any(hit => hit.LastWord == within.LastWord);
        var isCarried = findings.In(sentence).Any(hit => hit.LastWord <= before && hit.LastWord >= before - 1 && hit.FirstWord <= before && (Carriers.Contains(hit.Term.Concept) || hit.Term is { Concept: Concept.Counted, Name: "messages" or "users" }));
        return !isThrough && !isCarried && IsAlone(sentence, within.FirstWord, end);
    }

    private bool IsArticle(int word) => document.TextOf(word).Length <= SmallWord && !document.IsCapital(word) && findings.IsFunctionWord(word);

    // What "in X" is followed by; "in Veltrix messages" and "in the Veltrix case" tell of a network.
    private bool IsAlone(int sentence, int within, int end)
    {
        if (end >= document.Sentences[sentence].EndWord || !document.AreJoined(end - 1))
            return true;
        if (document.Text[document.Words[end - 1].End] is '-' || findings.In(sentence).Any(hit => hit.FirstWord == end && hit.Term.Concept is Concept.Service or Concept.Thing or Concept.Counted))
            return false;
        var opens = document.Sentences[sentence].FirstWord == within && document.Sentences[sentence].Field != TextField.Title && within == end - 2;
        return opens || !document.IsCapital(end) && (findings.IsFunctionWord(end) || document.TextOf(end).Length <= SmallWord);
    }
}
