using FeedWatch.Detection.Lexicons;
using FeedWatch.Detection.Matching;

namespace FeedWatch.Tests.Detection;

public sealed class GateTests
{
    private static readonly Lexicon Words = Lexicon.From(LexiconSources.BuiltIn());

    public static TheoryData<string> Terms => ["EncroChat", "Sky ECC", "ANOM", "crypto-telefoon", "encrypted phone", "Kryptohandy", "téléphone crypté", "зашифрованный телефон", "κρυπτογραφημένο κινητό", "šifrovaný telefon"];

    [Theory]
    [MemberData(nameof(Terms))]
    public void A_term_opens_the_gate_wherever_it_stands(string term)
    {
        var filler = string.Concat(Enumerable.Repeat("de raad stemt over het fietspad. ", 40));

        Assert.All([term, $"{term} {filler}", $"{filler}{term}", $"{filler}«{term}», {filler}", term.ToUpperInvariant()], text => Assert.True(Words.Scanner.Look(text) != Opening.Closed, text));
    }

    [Theory]
    [MemberData(nameof(Terms))]
    public void Neither_invisible_characters_nor_rows_of_spaces_close_it(string term)
    {
        var stretched = string.Join(new string('\u200B', 500), term.Select(c => c == ' ' ? new string(' ', 500) : c.ToString()));

        Assert.True(Words.Scanner.Look($"vandaag {stretched} morgen") != Opening.Closed);
    }

    [Fact]
    public void Ordinary_news_does_not_open_it() => Assert.Equal(Opening.Closed, Words.Scanner.Look("De gemeenteraad stemt donderdag over de begroting en het nieuwe fietspad."));

    [Fact]
    public void Every_pattern_of_the_filter_is_found_by_it()
    {
        var gate = new Gate(TermPart.Parse("qwxyz~").Concat(TermPart.Parse("abcd")).Concat(TermPart.Parse("ab cd")).Select(part => (part, Opening.Open)));

        Assert.Equal(Opening.Open, gate.Look("x qwxyzzz"));
        Assert.Equal(Opening.Open, gate.Look("abcd"));
        Assert.Equal(Opening.Open, gate.Look("ab - cd"));
        Assert.Equal(Opening.Closed, gate.Look("xabcd"));
        Assert.Equal(Opening.Closed, gate.Look("abcde"));
        Assert.Equal(Opening.Closed, gate.Look("qwxy"));
    }

    [Fact]
    public void What_counts_in_company_opens_it_halfway()
    {
        var gate = new Gate([(TermPart.Parse("cryptophone")[0], Opening.Open), (TermPart.Parse("ghost")[0], Opening.WithAuthority), (TermPart.Parse("phone")[0], Opening.WithBlow)]);

        Assert.Equal(Opening.WithBlow, gate.Look("a new phone"));
        Assert.Equal(Opening.WithAuthority, gate.Look("a ghost in the phone"));
        Assert.Equal(Opening.Open, gate.Look("a phone, a ghost, a cryptophone"));
        Assert.Equal(Opening.Closed, gate.Look("phones"));
    }
}
