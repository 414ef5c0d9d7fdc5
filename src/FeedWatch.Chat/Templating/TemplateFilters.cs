using System.Globalization;
using FeedWatch.Chat.Wording;
using Fluid;
using Fluid.Values;

namespace FeedWatch.Chat.Templating;

/// <summary>The filters that a template may use: those of Liquid that cannot make much out of little, and ours. No text gets longer than <see cref="MostText"/>.</summary>
internal static class TemplateFilters
{
    /// <summary>Of one text, and of all that a template makes, in UTF-16 units.</summary>
    public const int MostText = 16_000;

    private static readonly string[] OfLiquid =
    [
        "abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "default", "divided_by", "downcase", "first", "floor", "last", "map", "minus", "modulo",
        "plus", "prepend", "remove", "remove_first", "reverse", "round", "size", "slice", "sort", "strip", "times", "truncate", "truncatewords", "uniq", "upcase", "where",
    ];

    public static void AddTo(FilterCollection filters, Words words)
    {
        var known = new TemplateOptions().Filters;
        filters.Clear();
        foreach (var name in OfLiquid)
        {
            if (!known.TryGetValue(name, out var filter)) throw new InvalidOperationException($"Fluid has no filter {name}.");
            filters.AddFilter(name, async (input, arguments, context) => Checked(await filter(input, arguments, context)));
        }

        filters.AddFilter("join", (input, arguments, context) => Text(Joined(arguments.At(0).Or(new StringValue(", ")).ToStringValue(), [.. input.Enumerate(context).Select(v => v.ToStringValue())])));
        filters.AddFilter("replace", (input, arguments, _) => Text(Replaced(input.ToStringValue(), arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue())));
        filters.AddFilter("link", (input, _, _) => Text(TemplateText.Link(input.ToStringValue())));
        filters.AddFilter("number", (input, _, _) => Text(words.Number(input.ToNumberValue())));
        filters.AddFilter("country", (input, _, _) => Text(words.Country(input.ToStringValue())));
        filters.AddFilter("language", (input, _, _) => Text(words.Language(input.ToStringValue())));
        filters.AddFilter("time", (input, _, _) => Text(DateTimeOffset.TryParse(input.ToStringValue(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? words.Time(time) : ""));
    }

    /// <exception cref="TemplateException">It is too long.</exception>
    public static FluidValue Checked(FluidValue value) =>
        value.Type is FluidValues.String && value.ToStringValue().Length > MostText ? throw TemplateException.TooLong() : value;

    private static ValueTask<FluidValue> Text(string text) => new(Checked(new StringValue(text)));

    private static string Joined(string between, string[] texts) =>
        texts.Sum(t => (long)t.Length + between.Length) > MostText + between.Length ? throw TemplateException.TooLong() : string.Join(between, texts);

    private static string Replaced(string text, string from, string to) => from.Length == 0 ? text
        : (long)text.Length / from.Length * to.Length > MostText ? throw TemplateException.TooLong()
        : text.Replace(from, to, StringComparison.Ordinal);
}
