using System.Text;
using FeedWatch.Parsing;

namespace FeedWatch.Tests.Parsing;

public sealed class FeedDecoderTests
{
    static FeedDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-16LE", "utf-16", "Razzia in Köln")]
    [InlineData("utf-16BE", "utf-8", "Razzia in Köln")]
    [InlineData("utf-8", "utf-16", "Razzia in Köln")]
    [InlineData("windows-1252", "iso-8859-1", "“Köln” €5")]
    [InlineData("windows-1252", "utf-8", "“Köln” €5")]
    [InlineData("windows-1251", "windows-1251", "Полиция закрыла сеть")]
    [InlineData("koi8-r", "koi8-r", "Полиция закрыла сеть")]
    [InlineData("windows-1251", "utf-8", "Полиция закрыла сеть зашифрованных телефонов и задержала подозреваемых в нескольких странах")]
    [InlineData("shift_jis", "x-sjis", "警察が暗号電話網を摘発")]
    [InlineData("gb18030", "gb2312", "警方捣毁加密电话网络")]
    [InlineData("euc-kr", "ks_c_5601-1987", "경찰 암호폰 조직 적발")]
    [InlineData("big5", "Big5", "警方搗毀加密電話網路")]
    [InlineData("iso-2022-jp", "iso-2022-jp", "警察が摘発")]
    [InlineData("iso-8859-9", "latin5", "Şebeke çökertildi")]
    [InlineData("utf-8", "iso-8859-1", "Köln – “x”")]
    [InlineData("utf-8", "x-bogus-9", "Köln")]
    [InlineData("utf-8", "us-ascii", "Köln")]
    public void Text_is_read_whatever_its_declaration_says(string written, string declared, string title)
    {
        var body = Encoding.GetEncoding(written).GetBytes($"<?xml version='1.0' encoding='{declared}'?><rss version='2.0'><channel><item><title>{title}</title></item></channel></rss>");

        Assert.Equal(title, Assert.Single(ReadFeed.Bytes(body).Articles).Title);
    }

    [Fact]
    public void The_server_is_believed_before_the_declaration()
    {
        var body = Encoding.GetEncoding("windows-1251").GetBytes("<?xml version='1.0' encoding='koi8-r'?><rss><channel><item><title>Полиция</title></item></channel></rss>");

        Assert.Equal("Полиция", Assert.Single(ReadFeed.Bytes(body, "application/rss+xml; charset=\"windows-1251\"").Articles).Title);
    }

    [Fact]
    public void A_label_that_lies_is_reported()
    {
        var feed = ReadFeed.Bytes(Encoding.GetEncoding(1252).GetBytes("<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>café à Köln</title></item></channel></rss>"));

        Assert.Contains("utf-8 is declared but the bytes are windows-1252", feed.Repairs);
    }

    [Fact]
    public void Some_stray_bytes_do_not_spoil_the_rest()
    {
        byte[] body = [.. "<rss><channel><item><title>café "u8, 0xE9, 0x93, .. " Köln</title></item></channel></rss>"u8];

        Assert.Equal("café é“ Köln", Assert.Single(ReadFeed.Bytes(body).Articles).Title);
    }
}
