using FeedWatch.Chat.Channels.Mail;
using FeedWatch.Chat.Holding;

namespace FeedWatch.Chat;

/// <summary>One place that alerts are posted to. Which of these a type needs, and which it may have, is in the README's table of channels.</summary>
public sealed class ChannelOptions
{
    /// <summary>One of the types of the README's table of channels, for example <c>console</c> or <c>discord</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>What routes and logs call it; the type where it is left out.</summary>
    public string Name { get; set; } = "";

    /// <summary>The file that a <c>file</c> channel appends to, made with its folder where it is missing.</summary>
    public string? Path { get; set; }

    /// <summary>The webhook's address, which is a secret, or the server's; http or https.</summary>
    public string? Url { get; set; }

    /// <summary>A file that holds <see cref="Url"/>, in its place; a line end behind it does not count.</summary>
    public string? UrlFile { get; set; }

    /// <summary>The bot's token.</summary>
    public string? Token { get; set; }

    /// <summary>A file that holds <see cref="Token"/>, in its place; a line end behind it does not count.</summary>
    public string? TokenFile { get; set; }

    /// <summary>The room, chat or channel, by the id that its chat gives it.</summary>
    public string? Chat { get; set; }

    /// <summary>The thread or topic that is posted in, by the id that its chat gives it.</summary>
    public string? Thread { get; set; }

    /// <summary>A Discord forum: every incident is a post of its own there.</summary>
    public bool Forum { get; set; }

    /// <summary>Webhook: the CloudEvents attributes stand in the body around the event (structured mode). Else in headers, and the body is the event.</summary>
    public bool Structured { get; set; }

    /// <summary>Matrix: ordinary messages, which notify as those of people do. Else notices, which most clients show without a sound.</summary>
    public bool Notify { get; set; }

    /// <summary>Telegram: the report's page is previewed below a post.</summary>
    public bool LinkPreview { get; set; }

    /// <summary>How an incident's later news is told where the chat leaves a choice.</summary>
    public UpdateStyle Updates { get; set; }

    /// <summary>The language of all fixed words, by its ISO 639-1 code. What reports say stays in their own.</summary>
    public string Language { get; set; } = "en";

    /// <summary>
    /// Other words than the built-in ones: a file in Liquid for every event, or a folder with one for each (<c>incident.updated.liquid</c>), for
    /// a family of them (<c>incident.liquid</c>) and for the rest (<c>all.liquid</c>).
    /// </summary>
    public string? Template { get; set; }

    /// <summary>Of an <c>email</c> channel.</summary>
    public MailOptions Mail { get; } = new();

    /// <summary>When nothing is posted here; never where it is not set.</summary>
    public QuietOptions Quiet { get; } = new();
}

/// <summary>How an incident's later news is told.</summary>
public enum UpdateStyle
{
    /// <summary>As its type does it best: below the first post, else by editing it, else as a new post.</summary>
    Auto,

    /// <summary>Below the first post.</summary>
    Thread,

    /// <summary>The first post is edited, so that it always says what is known now. Nobody is notified.</summary>
    Edit,

    /// <summary>As a new post.</summary>
    Post,
}
