namespace FeedWatch.Detection.Lexicons;

/// <summary>What a small word says of a number, a place or a name beside it. In kebab case the names are keys of everywhere.yaml, each with words by language.</summary>
internal enum SmallWord
{
    /// <summary>A number is wrong: "44, <b>not</b> 46".</summary>
    Denials,

    /// <summary>Nothing was done: "<b>none</b> of the arrests".</summary>
    Nobody,

    /// <summary>Only a part is of a place: "51 held, <b>most</b> in Australia".</summary>
    Mostly,

    /// <summary>A number is the sum: total, altogether.</summary>
    Totals,

    /// <summary>A number is rounded: about, nearly.</summary>
    Rough,

    /// <summary>What a police operation is called by, before its name: "<b>Operation</b> Kormoran".</summary>
    Undertakings,

    /// <summary>The same behind its name: "Bulut <b>operasyonu</b>".</summary>
    UndertakingsBehind,
}
