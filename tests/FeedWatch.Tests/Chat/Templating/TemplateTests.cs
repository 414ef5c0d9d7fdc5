using System.Runtime.CompilerServices;
using FeedWatch.Chat;
using FeedWatch.Chat.Channels;
using FeedWatch.Chat.Channels.Local;
using FeedWatch.Chat.Posts;
using FeedWatch.Chat.Wording;
using FeedWatch.Contracts;
using FeedWatch.Tests.Chat.Chats;
using FeedWatch.Tests.Chat.Posts;
using FeedWatch.Tests.Chat.Wording;
using FeedWatch.Tests.Contracts;
using FsCheck.Xunit;

namespace FeedWatch.Tests.Chat.Templating;

public sealed class TemplateTests : IDisposable
{
    /// <summary>Says everything that a feed has a say in, in every place that a template has.</summary>
    private const string Everything =
        """
        {{ badge }} {{ kind }} · {{ about }}
        # {{ title }}
        {{ lead }} {{ report }} {{ title | upcase | append: event.title }}
        ## {{ about }}
        {% for change in changes %}
        - **{{ change.label }}** {{ change.text }}
        {% endfor %}
        {% for fact in facts %}
        - **{{ fact.label }}** {{ fact.text | replace: " ", "**" }}
        {% endfor %}
        {% for quote in quotes %}
        > {{ quote }}
        {% endfor %}
        {% for network in event.networks %}
        {{ network.name }} {{ network.slug }}
        {% endfor %}
        {{ event.article.summary }} {{ event.article.link }} {{ event.article.link | link }}
        -# {{ why }} {{ source }} {{ also_by }} {{ link | link }}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("feedwatch-templates-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_readmes_example_gives_what_the_readme_says()
    {
        var readme = File.ReadAllText(Readme());
        var shown = Block(readme, "liquid");

        var post = Spoken(shown).Say(AnEvent.Updated(), possiblyRepeated: false);

        Assert.Equal(Block(readme[readme.IndexOf(shown, StringComparison.Ordinal)..], "text").Trim(), ConsoleAlert.Of(post, 80).ToString().Trim());
    }

    [Theory]
    [MemberData(nameof(LanguageTests.SpeakingTypes), MemberType = typeof(LanguageTests))]
    public void A_template_is_what_every_channel_posts(string type)
    {
        var channel = Channel(type, "{{ badge }} desk\n# Own words: {{ title | truncate: 20 }}\n- **item** {{ figures | size }}\n");

        var body = string.Concat(channel.Preview(new Delivery { Event = AnEvent.Detected() }));

        Assert.Contains("Own words", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Landelijke Eenheid", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LanguageTests.SpeakingTypes), MemberType = typeof(LanguageTests))]
    public void None_of_its_lines_is_lost_where_it_begins_with_the_title(string type)
    {
        var body = string.Concat(Channel(type, "# Own words\nand a line\n").Preview(new Delivery { Event = AnEvent.Detected() }));

        Assert.Contains("Own words", body, StringComparison.Ordinal);
        Assert.Contains("and a line", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LanguageTests.SpeakingTypes), MemberType = typeof(LanguageTests))]
    public void A_template_switches_off_no_channels_escaping(string type)
    {
        var (ours, theirs) = (Channel(type, template: null), Channel(type, Everything));

        foreach (var attack in Attacks.All.Where(a => a.Trim().Length > 2))
        {
            var delivery = new Delivery { Event = Attacks.In(attack) };
            if (!string.Concat(ours.Preview(delivery)).Contains(attack, StringComparison.Ordinal)) Assert.DoesNotContain(attack, string.Concat(theirs.Preview(delivery)), StringComparison.Ordinal);
        }
    }

    [Property(Arbitrary = [typeof(MarkdownTests)], MaxTest = 300)]
    public void Whatever_a_feed_says_makes_no_line_no_mark_and_no_link_of_its_own(string text)
    {
        var post = Spoken("{{ kind }}\n# {{ title }}\n{{ title }}\n- {{ title }} **{{ title }}** {{ event.title }}\n-# {{ event.article.link | link }}").Say(Attacks.In(text), possiblyRepeated: false);

        Assert.Equal([LineKind.Head, LineKind.Title, LineKind.Text, LineKind.Item], post.Lines!.Take(4).Select(l => l.Kind));
        Assert.Equal(post.Title, post.Lines![2].Pieces.Single().Text);
        Assert.InRange(post.Lines!.Count, 4, 5);
        Assert.Equal(PlainText.Link(PlainText.Of(text, 2_000)) is not null, post.Lines.Count == 5); // what is left of it, and what a person would see
        Assert.All(post.Lines!.SelectMany(l => l.Pieces), p => Assert.Equal(PlainText.Of(p.Text, 10_000), p.Text.Trim(' ')));
        Assert.All(post.Lines!.SelectMany(l => l.Pieces).Where(p => p.Link is not null), p => Assert.Equal(Piece.To(p.Link!), p));
    }

    [Theory]
    [InlineData("# mark")]
    [InlineData("- item")]
    [InlineData("> quote")]
    [InlineData("-# small")]
    [InlineData("**bold**")]
    [InlineData("\uE010\uE000\uE001https://evil.example\uE002")]
    [InlineData("{{ link | link }}{% if true %}")]
    public void Marks_that_a_feed_brings_are_words(string title)
    {
        var post = Spoken("{{ title }}\n{{ badge }}").Say(AnEvent.Detected() with { Title = title }, possiblyRepeated: false);

        Assert.Equal(new Piece(PlainText.Of(title, 300)), post.Lines![0].Pieces.Single());
        Assert.Equal(LineKind.Text, post.Lines[0].Kind);
    }

    [Theory]
    [InlineData("ok\n{% if title %}\nx", "line 3: '{% endif %}' was expected.")]
    [InlineData("{{ title", "line 1: End of tag '}}' was expected.")]
    [InlineData("a\n\n{% include 'x' %}", "line 3: Unknown tag 'include'.")]
    [InlineData("a\n{% capture x %}{% endcapture %}", "line 2: Unknown tag 'capture'.")]
    [InlineData("a\n{{ titel }}", "line 2: there is no 'titel'; there are badge, severity, kind, about, title,")]
    [InlineData("a\nb\n{{ title | raw }}", "line 3: there is no filter 'raw'; there are abs, append,")]
    [InlineData("{% for i in (1..1000000000) %}x{% endfor %}", "line 1: a range (1..9) cannot be counted through;")]
    [InlineData("{{ 1 | divided_by: 0 }}", ": Attempted to divide by zero.")]
    public void A_broken_template_is_refused_at_start_with_its_line(string template, string fault)
    {
        var file = Write("broken.liquid", template);

        var said = Assert.Single(Voice.Faults(new ChannelOptions { Template = file }));

        Assert.StartsWith($"Template {file}", said, StringComparison.Ordinal);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_one_that_is_not_there_and_a_file_that_no_event_is_called_after()
    {
        var wrong = Write("incidents.liquid", "x");

        Assert.Equal([$"Template '{folder.FullName}/nowhere' is neither a file nor a folder."], Voice.Faults(new ChannelOptions { Template = $"{folder.FullName}/nowhere" }));
        Assert.StartsWith($"Template {wrong} is named after no event; a template is called all, article, burst,", Assert.Single(Voice.Faults(new ChannelOptions { Template = folder.FullName })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% for a in event.figures %}{% for b in event.figures %}{% for c in event.figures %}{% for d in event.figures %}{{ a.kind }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}", "it takes more than 5000 steps")]
    [InlineData("{% assign s = title %}{% for a in event.figures %}{% assign s = s | append: s | append: s %}{% endfor %}{{ s }}", "it makes more than 16000 characters")]
    [InlineData("{% assign s = title | append: title %}{% for a in event.figures %}{{ s | replace: 'e', s }}{% endfor %}", "it makes more than 16000 characters")]
    public void One_that_has_no_end_is_stopped_and_the_event_is_told_in_our_words(string template, string why)
    {
        var post = Spoken(template).Say(AnEvent.Detected(), possiblyRepeated: false);

        Assert.Null(post.Lines);
        Assert.Equal("A takedown of ANOM is reported.", post.Lead);
        Assert.Equal($"(own.liquid: {why})", post.Note);
    }

    [Fact]
    public void A_folder_has_one_for_an_event_one_for_its_family_and_one_for_the_rest()
    {
        Write("incident.updated.liquid", "# updated");
        Write("incident.liquid", "# incident");
        Write("all.liquid", "# all");
        var voice = Voice.Of(new ChannelOptions { Template = folder.FullName });

        Assert.Equal(["updated", "incident", "all", "all"], new[] { AnEvent.Updated(), AnEvent.Detected(), Samples.All[EventTypes.Digest], AnEvent.Matched() }.Select(e => voice.Say(e, possiblyRepeated: false).Title));
    }

    [Fact]
    public void An_event_that_no_template_is_for_or_that_one_says_nothing_of_is_told_in_our_words()
    {
        Write("incident.liquid", "{% if severity == 'info' %}x{% endif %}");
        var voice = Voice.Of(new ChannelOptions { Template = folder.FullName });

        Assert.All((FeedWatchEvent[])[AnEvent.Detected(), AnEvent.Burst()], e => Assert.Null(voice.Say(e, possiblyRepeated: false).Lines));
    }

    [Fact]
    public void It_can_say_what_the_event_holds_in_the_channels_language()
    {
        var post = Spoken(
            "{% for f in event.figures %}\n- {{ f.value | number }} {{ f.kind }} {{ f.scope | country }}\n{% endfor %}\n{{ event.countries | join: ' + ' }} {{ event.article.publishedAt | time }} {{ event.article.language | language }}",
            "fr").Say(AnEvent.Updated(), possiblyRepeated: false);

        Assert.Equal(["1 000 arrests world", "224 arrests Australie", "44 900 000 cash Australie", "AU + NL + US 8 juin 2021 11:41 UTC anglais"], post.Lines!.Select(l => string.Concat(l.Pieces.Select(p => p.Text))));
    }

    [Fact]
    public void That_a_post_is_possibly_repeated_is_said_in_any_words()
    {
        var post = Spoken("# {{ title }}").Say(AnEvent.Detected(), possiblyRepeated: true);

        Assert.Contains("Possibly repeated", string.Concat(PostLines.Of(post).SelectMany(l => l.Pieces).Select(p => p.Text)), StringComparison.Ordinal);
    }

    private Voice Spoken(string template, string language = "en") => Voice.Of(new ChannelOptions { Template = Write("own.liquid", template), Language = language });

    private IChatChannel Channel(string type, string? template)
    {
        var parts = ChannelTypes.Parts(TimeProvider.System);
        var channel = ChannelTypes.All[type].Open(ChannelTypes.Example(type), parts);
        return template is null ? channel : new SpeakingChannel(channel, Spoken(template));
    }

    private string Write(string name, string template)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, template);
        return file;
    }

    private static string Block(string text, string language)
    {
        var begin = text.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }

    private static string Readme([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "README.md"));
}
