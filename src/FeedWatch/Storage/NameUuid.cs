using System.Security.Cryptography;
using System.Text;

namespace FeedWatch.Storage;

/// <summary>
/// UUIDv5 (RFC 9562, section 5.5): the same name gives the same id on every node and at every replay,
/// so that whoever receives a thing twice can tell.
/// </summary>
internal static class NameUuid
{
    private static readonly Guid FeedWatchNamespace = new("6f6a3a0e-0d0c-5b0f-9a53-9a5b7a3c0f11");

    /// <summary>The id of a thing of FeedWatch's own: <paramref name="kind"/> keeps feeds, articles, incidents and events apart.</summary>
    public static Guid Of(string kind, string name) => Of(FeedWatchNamespace, $"{kind}:{name}");

    public static Guid Of(Guid space, string name)
    {
        // SHA-1 is what version 5 is made of; nothing here is a secret.
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        var bytes = Encoding.UTF8.GetByteCount(name);
        var input = new byte[16 + bytes];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
#pragma warning disable CA5350 // required by the format, see above
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
