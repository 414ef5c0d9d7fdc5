using System.Security.Cryptography;
using System.Text;

namespace FeedWatch.Chat.Watching;

/// <summary>Ids of what the chat side tells of itself: UUIDv5 of what is told, as the service makes its own, in a space of their own.</summary>
internal static class NoticeId
{
    private static readonly Guid Space = new("b1c9a7d4-55f2-5d0e-8f0c-3f5b0e6f7a21");

    public static Guid Of(string told)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562, section 5.5, asks for it; nothing here is a secret
        SHA1.HashData([.. Space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(told)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
