using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Reading;
using FeedWatch.Detection.Text;

namespace FeedWatch.Detection.Figures;

/// <summary>Reads numbers as newspapers write them: <c>27.000</c>, <c>2,3 miljoen</c>, <c>11 800</c>, <c>£54m</c>, <c>vijfendertig</c>.</summary>
internal sealed class NumberReader(Document document, Lexicon lexicon, Languages languages)
{
    private const decimal Largest = 1_000_000_000_000m;

    /// <summary>"A quarter of a" million.</summary>
    private const int MostWordsOfOne = 4;

    /// <summary>Whose endings stand behind a colon: "53:een".</summary>
    private const string Finnish = "fi";

    private const string Ordinals = " st nd rd th e er ere eme de ste o a os as ";

    /// <summary>All numbers of a sentence, in order.</summary>
    public List<NumberMention> In(Sentence sentence)
    {
        var numbers = new List<NumberMention>();
        for (var word = sentence.FirstWord; word < sentence.EndWord;)
        {
            var number = char.IsDigit(document.TextOf(word)[0]) ? Digits(word, sentence.EndWord) : Words(word, sentence.EndWord);
            if (number is not null)
                numbers.Add(number);
            word = number is null ? word + 1 : number.LastWord + 1;
        }

        return numbers;
    }

    private NumberMention? Digits(int first, int end)
    {
        var word = first;
        var digits = DigitsOf(word, out var suffix).ToString();
        var text = document.Text;
        var isFraction = false;
        var separator = '\0';
        if (digits.Length > 12)
            return null;
        while (suffix.Length == 0 && word + 1 < end && document.Words[word + 1].Start == document.Words[word].End + 1 && char.IsDigit(text[document.Words[word + 1].Start]))
        {
            var between = text[document.Words[word].End];
            var group = DigitsOf(word + 1, out var groupSuffix);
            var isSpace = char.IsWhiteSpace(between);
            if (between is not ('.' or ',' or '\'' or '’') && !isSpace || isFraction || digits.Length + group.Length > 12)
                break;
            var continues = group.Length == 3 && (separator == '\0' ? digits.Length <= 3 && digits[0] != '0' : separator == between);
            if (!continues && (isSpace || between is '\'' or '’'))
                break;
            isFraction = !continues;
            digits += isFraction ? "." + group.ToString() : group.ToString();
            separator = between;
            suffix = groupSuffix;
            word++;
        }

        if (!IsStandingAlone(first, word))
            return null;
        var value = decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        var isYear = digits.Length == 4 && separator == '\0' && value is >= 1900 and < 2100;
        var textEnd = document.Words[word].End - suffix.Length;
        if (suffix.Length > 0)
        {
            if (Multiplier(suffix, glued: true) is { } glued)
                (value, textEnd) = (value * glued, document.Words[word].End);
            else if (Ordinals.Contains($" {Fold.Word(suffix)} ", StringComparison.Ordinal) || suffix.Length > 3)
                return null;
        }

        (value, var last) = Multiply(value, word, end);
        return new(value, document.Words[first].Start, last == word ? textEnd : document.Words[last].End, first, last, false, isYear && last == word);
    }

    // 12/2021, 14:30, C-670 and 36-year-old are no counts; the Finnish 53:een is.
    private bool IsStandingAlone(int first, int last)
    {
        var text = document.Text;
        int start = document.Words[first].Start, end = document.Words[last].End;
        if (start > 0 && text[start - 1] is '/' or '-' or '–' or '#' or ':' && start > 1 && char.IsLetterOrDigit(text[start - 2]))
            return false;
        if (end + 1 < text.Length && text[end] is '/' or ':' && char.IsLetterOrDigit(text[end + 1]) && !(text[end] is ':' && languages.Most is Finnish && char.IsLower(text[end + 1])) || text[end] == '%' || text[end] is ' ' or '\u00a0' && text[end + 1] == '%')
            return false;
        return text[end] is not ('-' or '\u2011' or '\u2010') || end + 1 >= text.Length || !char.IsLetterOrDigit(text[end + 1]) || Multiplier(document.TextOf(last + 1), glued: false) is not null;
    }

    private ReadOnlySpan<char> DigitsOf(int word, out ReadOnlySpan<char> suffix)
    {
        var text = document.TextOf(word);
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
            count++;
        suffix = text[count..];
        return count == 0 ? "0" : text[..count];
    }

    private (decimal Value, int Last) Multiply(decimal value, int word, int end)
    {
        while (word + 1 < end && value < Largest && document.AreJoined(word, ".") && Multiplier(document.TextOf(word + 1), glued: false) is { } factor)
        {
            value *= factor;
            word++;
        }

        return (value, word);
    }

    private decimal? Multiplier(ReadOnlySpan<char> word, bool glued)
    {
        if (glued)
        {
            switch (word)
            {
                case "k" or "K": return 1_000;
                case "m" or "M" or "mn": return 1_000_000;
                case "bn": return 1_000_000_000;
            }
        }

        if (!lexicon.Numbers.TryGetValue(Fold.Word(word), out var meanings))
            return null;
        // "Mil" is a thousand in Portuguese and a million in Czech, whose small words are alike.
        var isLong = word.Length > 4;
        return meanings.Where(meaning => meaning.IsMultiplier && (isLong || languages.IsPossible(meaning.Language)))
            .OrderBy(meaning => meaning.Language == languages.Most ? 0 : 1).Select(meaning => (decimal?)meaning.Value).FirstOrDefault();
    }

    private NumberMention? Words(int first, int end)
    {
        decimal total = 0, current = 0, lastAdded = decimal.MaxValue;
        string? language = null;
        var last = -1;
        var isArticle = true;
        for (var word = first; word < end && word - first < 8;)
        {
            if (last >= 0 && !document.AreJoined(word - 1))
                break;
            if (last == word - 1 && last >= 0 && lexicon.Joiners.Contains(Fold.Word(document.TextOf(word))))
            {
                word++;
                continue;
            }

            if (Parse(word, end, language) is not { } part)
                break;
            (var elements, language, var next) = part;
            if (elements.Count == 1 && !elements[0].IsMultiplier && (elements[0].Value >= lastAdded || lastAdded < 10 && elements[0].Value >= 1)) // "four and three years", but "four and a half"
                break;
            foreach (var element in elements)
            {
                if (!element.IsMultiplier)
                    current += lastAdded = element.Value;
                else if (element.Value == 100)
                    current = lastAdded = Math.Max(1, current) * 100;
                else
                {
                    // "Mil millones": a thousand of the millions, not a thousand and a million.
                    total = current == 0 && total > 0 && element.Value > lastAdded ? total * element.Value : total + (current == 0 ? 1 : current) * element.Value;
                    current = 0;
                    lastAdded = element.Value;
                }

                isArticle &= element.Value == 1 && !element.IsMultiplier;
            }

            last = next - 1;
            word = next;
            if (total > Largest)
                return null;
        }

        // "millions" alone is no number, and neither is "hundreds".
        var startsWithMultiplier = last >= 0 && Parse(first, end, language) is { } begin && begin.Elements[0] is { IsMultiplier: true } word0 && !IsNumberToo(first, word0);
        if (last < 0 || startsWithMultiplier || total + current is 100 or 1000 && first > 0 && lexicon.IsVague(Fold.Word(document.TextOf(first - 1))))
            return null;
        return new(total + current, document.Words[first].Start, document.Words[last].End, first, last, isArticle, false);
    }

    private bool IsNumberToo(int word, NumberWord multiplier)
    {
        var text = Fold.Word(document.TextOf(word));
        return multiplier.Value <= 1_000 && lexicon.Numbers.Any(pair => text.StartsWith(pair.Key, StringComparison.Ordinal) && pair.Value.Exists(meaning => !meaning.IsMultiplier && meaning.Value == multiplier.Value && meaning.Language == multiplier.Language));
    }

    // The number words in one word, or in several that the lexicon lists as one (quatre-vingt).
    private (List<NumberWord> Elements, string? Language, int Next)? Parse(int word, int end, string? language)
    {
        for (var count = Math.Min(MostWordsOfOne, end - word); count >= 1; count--)
        {
            var key = count == 1 ? Fold.Word(document.TextOf(word)) : Fold.Word(document.Text[document.Words[word].Start..document.Words[word + count - 1].End]);
            if (lexicon.Numbers.TryGetValue(key, out var meanings))
            {
                foreach (var meaning in meanings.OrderBy(meaning => meaning.Language == languages.Most ? 0 : 1))
                {
                    if (language is null ? languages.IsPossible(meaning.Language) : language == meaning.Language)
                        return ([meaning], meaning.Language, word + count);
                }
            }
        }

        var compound = Fold.Word(document.TextOf(word));
        if (compound.Length is < 5 or > 40)
            return null;
        var elements = new List<NumberWord>();
        return Compound(compound, 0, language, elements) ? (elements, elements[0].Language, word + 1) : null;
    }

    private bool Compound(string word, int at, string? language, List<NumberWord> elements)
    {
        if (at == word.Length)
            return elements.Count > 1;
        var numbers = lexicon.Numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(word.Length - at, lexicon.LongestNumber); length >= 2; length--)
        {
            if (!numbers.TryGetValue(word.AsSpan(at, length), out var meanings))
                continue;
            foreach (var meaning in meanings)
            {
                if (language is null ? !languages.IsPossible(meaning.Language) : language != meaning.Language)
                    continue;
                elements.Add(meaning);
                var next = at + length;
                if (Compound(word, next, meaning.Language, elements))
                    return true;
                foreach (var joiner in lexicon.Joiners)
                {
                    if (next + joiner.Length < word.Length && string.CompareOrdinal(word, next, joiner, 0, joiner.Length) == 0 && Compound(word, next + joiner.Length, meaning.Language, elements))
                        return true;
                }

                elements.RemoveAt(elements.Count - 1);
            }
        }

        return false;
    }
}
