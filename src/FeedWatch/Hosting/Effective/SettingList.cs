using System.Collections;
using System.Globalization;
using FeedWatch.Chat;
using FeedWatch.Sources;
using FeedWatch.Storage;
using Microsoft.Extensions.Configuration;

namespace FeedWatch.Hosting.Effective;

/// <summary>Every setting with the value that is in force: what was set, else the default of its options class.</summary>
internal sealed class SettingList
{
    private readonly IConfiguration configuration;
    private readonly SettingOrigins origins;
    private readonly List<Setting> settings = [];

    private SettingList(IConfigurationRoot configuration) => (this.configuration, origins) = (configuration, new SettingOrigins(configuration));

    /// <param name="configuration">Of <see cref="Settings.Sources"/>.</param>
    public static IReadOnlyList<Setting> Of(IConfigurationRoot configuration)
    {
        var list = new SettingList(configuration);
        foreach (var (section, type) in SettingNames.BySection)
        {
            if (type == typeof(object)) list.AddAsWritten(section);
            else list.Add(section, type, Default(type), all: true);
        }

        return list.settings;
    }

    // What the settings leave out is filled in for some of them by whoever uses them.
    private static object Default(Type type)
    {
        var options = Activator.CreateInstance(type)!;
        if (options is FeedOptions feeds) feeds.File = feeds.Effective;
        if (options is ChatOptions chat) chat.Channels.Add(new ChannelOptions { Type = "console" });
        return options;
    }

    private void Add(string prefix, Type type, object? defaults, bool all)
    {
        foreach (var property in SettingNames.Of(type))
        {
            var name = $"{prefix}:{property.Name}";
            var value = defaults is null ? null : property.GetValue(defaults);
            if (SettingNames.ItemType(property.PropertyType) is { } item) AddList(name, item, (IList?)value, all);
            else if (SettingNames.IsGroup(property.PropertyType)) Add(name, property.PropertyType, value, all);
            else if (all || configuration[name] is not null) AddOne(name, Text(value));
        }
    }

    private void AddList(string name, Type item, IList? defaults, bool all)
    {
        var children = configuration.GetSection(name).GetChildren().Select(c => c.Key).ToList();
        foreach (var child in children)
        {
            if (SettingNames.IsGroup(item)) Add($"{name}:{child}", item, null, all: false);
            else AddOne($"{name}:{child}", null);
        }

        if (children.Count > 0) return;
        for (var i = 0; i < defaults?.Count; i++)
        {
            foreach (var property in SettingNames.Of(item).Where(p => p.PropertyType == typeof(string)))
                if (property.GetValue(defaults[i]) is string { Length: > 0 } text) AddOne($"{name}:{i}:{property.Name}", text);
        }

        if (all && defaults is not { Count: > 0 }) settings.Add(new Setting(name, null, null));
    }

    private void AddAsWritten(string section)
    {
        foreach (var (name, value) in configuration.GetSection(section).AsEnumerable().OrderBy(s => s.Key, StringComparer.Ordinal))
            if (value is not null) AddOne(name, null);
    }

    private void AddOne(string name, string? otherwise)
    {
        var (value, origin) = configuration[name] is { } set ? (set, origins.Of(name)) : (otherwise, null);
        settings.Add(new Setting(name, SecretSettings.Masked(name, value), origin));
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        TimeSpan span => span == TimeSpan.Zero ? "0s" : Duration.Text(span),
        bool yes => yes ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
