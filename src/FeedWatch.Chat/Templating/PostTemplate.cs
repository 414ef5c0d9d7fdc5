using System.Globalization;
using System.Text.RegularExpressions;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using Fluid;
using Fluid.Values;

namespace FeedWatch.Chat.Templating;

/// <summary>
/// A post in the words of an operator's Liquid file. What the file makes is plain text with marks of ours (<see cref="TemplateText"/>), which
/// the channel escapes afterwards as it escapes everything: a template has no way around that.
/// </summary>
internal sealed partial class PostTemplate
{
    private const int MostSource = 64_000;
    private const int MostSteps = 5_000;
    private const int MostDepth = 20;

    /// <summary>Tags that make something of the post, and of nothing else: no files, no functions, nothing that gathers text without a bound.</summary>
    private static readonly string[] Tags = ["assign", "break", "case", "comment", "continue", "for", "if", "unless"];

    private static readonly FluidParser Parser = Parsing();

    private readonly string file;
    private readonly string source;
    private readonly IFluidTemplate parsed;
    private readonly TemplateOptions options;

    private PostTemplate(string file, string source, IFluidTemplate parsed, Words words)
    {
        (this.file, this.source, this.parsed) = (file, source, parsed);
        options = new TemplateOptions { MaxSteps = MostSteps, MaxRecursion = MostDepth, StrictFilters = true, CultureInfo = CultureInfo.InvariantCulture, TimeZone = TimeZoneInfo.Utc };
        options.Assigned = (_, value, _) => new ValueTask<FluidValue>(TemplateFilters.Checked(value));
        TemplateFilters.AddTo(options.Filters, words);
    }

    /// <summary>Reads it and tries it on a post that has everything.</summary>
    /// <exception cref="TemplateException">It cannot be used; the message names file and line.</exception>
    public static PostTemplate Read(string file, Words words)
    {
        var source = Source(file);
        if (!Parser.TryParse(TemplateText.Marked(source), out var parsed, out var error)) throw new TemplateException(Place(file, error));
        var template = new PostTemplate(file, source, parsed, words);
        template.Try(words);
        return template;
    }

    /// <summary>The post in the template's words; in ours where they fail or are none, and then it says why.</summary>
    public Post Of(Post post, FeedWatchEvent @event)
    {
        try
        {
            var lines = TemplateText.Read(Made(post, @event, strict: false));
            return lines.Count == 0 ? post : post with { Lines = lines, Title = lines.FirstOrDefault(l => l.Kind is LineKind.Title) is { } title ? TextOf(title) : post.Title };
        }
        catch (TemplateException ex)
        {
            return post with { Note = string.Join(' ', new[] { post.Note, $"({Path.GetFileName(file)}: {ex.Message})" }.Where(n => n.Length > 0)) };
        }
    }

    private void Try(Words words)
    {
        var @event = SampleEvent.At(DateTimeOffset.UnixEpoch);
        var sample = EventPost.Of(@event, words: words);
        sample = sample with { Changes = sample.Figures, Entries = [new Entry(sample.Badge, sample.Title, sample.Lead, sample.Link)], AlsoBy = sample.Source };
        try
        {
            Made(sample, @event, strict: true);
        }
        catch (TemplateException ex)
        {
            throw new TemplateException($"{file}: {ex.Message}.", ex);
        }
    }

    /// <summary>What it makes, as text with marks.</summary>
    /// <exception cref="TemplateException">It makes too much, or does what cannot be done; where it is strict, it names what there is not.</exception>
    private string Made(Post post, FeedWatchEvent @event, bool strict)
    {
        var context = new TemplateContext(options);
        foreach (var (name, value) in TemplateModel.Of(post, @event)) context.SetValue(name, FluidValue.Create(value, options));
        if (strict) context.Undefined = Missing;
        using var sheet = new Sheet();
        try
        {
            parsed.RenderAsync(sheet, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult(); // done when it returns: nothing in a template waits
            return sheet.ToString();
        }
        catch (TemplateException)
        {
            throw;
        }
#pragma warning disable CA1031 // the edge to a template: whatever it brings about, its event is told
        catch (Exception ex)
#pragma warning restore CA1031
        {
            if (Unknown().Match(ex.Message) is { Success: true } filter) throw NoFilter(filter.Groups["name"].Value, ex);
            throw new TemplateException(ex is InvalidOperationException ? $"it takes more than {MostSteps} steps" : ex.Message.TrimEnd('.'), ex);
        }
    }

    /// <summary>A name that is given a value nowhere is a slip of the pen; one that is given it in a branch not taken is nothing for now.</summary>
    private ValueTask<FluidValue> Missing(string name) => Regex.IsMatch(source, $@"assign\s+{Regex.Escape(name)}\b")
        ? new ValueTask<FluidValue>(NilValue.Instance)
        : throw new TemplateException($"line {LineOf(name)}: there is no '{name}'; there are {string.Join(", ", TemplateModel.Names)}");

    private TemplateException NoFilter(string name, Exception cause) => new($"line {LineOf(name)}: there is no filter '{name}'; there are {string.Join(", ", options.Filters.Select(f => f.Key).Order(StringComparer.Ordinal))}", cause);

    /// <summary>The first line that names it.</summary>
    private int LineOf(string name) => source.Split('\n').TakeWhile(l => !l.Contains(name, StringComparison.Ordinal)).Count() + 1;

    private static string Source(string file)
    {
        string source;
        try
        {
            source = File.ReadAllText(file);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new TemplateException($"{file} cannot be read: {ex.Message}", ex);
        }

        if (source.Length > MostSource) throw new TemplateException($"{file} is longer than {MostSource} characters.");
        if (Range().Match(source) is { Success: true } range) throw new TemplateException($"{file}, line {source[..range.Index].Count(c => c == '\n') + 1}: a range (1..9) cannot be counted through; go through a list of the post.");
        return source;
    }

    /// <summary>"FILE, line 3: Unknown tag 'capture'."</summary>
    private static string Place(string file, string error) => ErrorPlace().Match(error) is { Success: true } place
        ? $"{file}, line {place.Groups["line"].Value}: {place.Groups["what"].Value}."
        : $"{file}: {error.Split('\n')[0]}.";

    private static FluidParser Parsing()
    {
        var parser = new FluidParser(new FluidParserOptions { AllowFunctions = false });
        foreach (var tag in parser.RegisteredTags.Keys.Except([.. Tags, "#"]).ToList()) parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static string TextOf(Line line) => string.Concat(line.Pieces.Select(p => p.Text));

    /// <summary>Two points in a tag: Fluid writes such a list out before it counts a step.</summary>
    [GeneratedRegex(@"\{[{%](?:(?![}%]\}).)*?\.\.", RegexOptions.Singleline)]
    private static partial Regex Range();

    [GeneratedRegex("^Undefined filter '(?<name>[^']*)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"^(?<what>.*) at \((?<line>\d+):\d+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorPlace();

    /// <summary>Takes so much and no more.</summary>
    private sealed class Sheet() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Check(buffer.Length);
            base.Write(buffer);
        }

        private void Check(int more)
        {
            if (GetStringBuilder().Length + more > TemplateFilters.MostText) throw TemplateException.TooLong();
        }
    }
}
