using System.Globalization;
using System.Text.Json;

namespace FeedWatch.Hosting.Effective;

/// <summary>Where in a settings file a setting stands, since a fault is mended there.</summary>
internal static class JsonPlaces
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The line, from 1; null where the file cannot be read or does not hold it.</summary>
    /// <param name="path">Of a JSON file.</param>
    /// <param name="name">As configuration writes it, for example <c>Chat:Channels:0:Type</c>.</param>
    public static int? LineOf(string path, string name)
    {
        try
        {
            return LineOf(File.ReadAllBytes(path), name);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static int? LineOf(byte[] json, string name)
    {
        var text = json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json;
        var reader = new Utf8JsonReader(text, Lenient);
        var path = new Stack<string>();
        var index = new Stack<int>(); // in the arrays around; -1 for an object
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                path.Push(reader.GetString()!);
                if (Is(path, name)) return 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n');
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                index.Pop();
                if (path.Count > 0) path.Pop();
                continue;
            }

            if (index.TryPeek(out var at) && at >= 0)
            {
                path.Push(at.ToString(CultureInfo.InvariantCulture));
                index.Push(index.Pop() + 1);
                if (Is(path, name)) return 1 + text[..(int)reader.TokenStartIndex].Count((byte)'\n');
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) index.Push(reader.TokenType is JsonTokenType.StartArray ? 0 : -1);
            else if (path.Count > 0) path.Pop();
        }

        return null;
    }

    private static bool Is(Stack<string> path, string name) => string.Join(':', path.Reverse()).Equals(name, StringComparison.OrdinalIgnoreCase);
}
