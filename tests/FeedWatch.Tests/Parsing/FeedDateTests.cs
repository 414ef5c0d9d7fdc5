using System.Globalization;
using FeedWatch.Parsing.Dates;

namespace FeedWatch.Tests.Parsing;

public sealed class FeedDateTests
{
    [Theory]
    [InlineData("Wed, 10 Mar 2021 14:05:09 +0100", "2021-03-10T13:05:09Z")]
    [InlineData("10 Mar 21 14:05 GMT", "2021-03-10T14:05:00Z")]
    [InlineData("Wed, 10-Mar-2021 14:05:09 UTC", "2021-03-10T14:05:09Z")]
    [InlineData("Wed, 10 Mar 2021 14:05:09 GMT+0200", "2021-03-10T12:05:09Z")]
    [InlineData("Wed, 10 Mar 2021 14:05:09 +01:30 (somewhere)", "2021-03-10T12:35:09Z")]
    [InlineData("10 July 2021 14:05:09 CEST", "2021-07-10T12:05:09Z")]
    [InlineData("10 Mar 2021 14:05:09 PST", "2021-03-10T22:05:09Z")]
    [InlineData("10 Mar 2021 14:05:09 NOWHERE", "2021-03-10T14:05:09Z")]
    [InlineData("10 Mar 121 14:05:09 UT", "2021-03-10T14:05:09Z")]
    [InlineData("Wed Mar 10 14:05:09 EST 2021", "2021-03-10T19:05:09Z")]
    [InlineData("March 10th, 2021 2:05 p.m.", "2021-03-10T14:05:00Z")]
    [InlineData("12:30 AM, March 10, 2021", "2021-03-10T00:30:00Z")]
    [InlineData("10 Mar 2021 24:00:00 GMT", "2021-03-11T00:00:00Z")]
    [InlineData("30 Jun 2015 23:59:60 GMT", "2015-06-30T23:59:59Z")]
    [InlineData("\n  Wed, 10 Mar\n 2021 14:05:09\tGMT ", "2021-03-10T14:05:09Z")]
    public void A_date_of_rfc_822_and_its_liberties_is_read(string text, string utc) => AssertReads(text, utc);

    [Theory]
    [InlineData("2021-03-10T14:05:09Z", "2021-03-10T14:05:09Z")]
    [InlineData("2021-03-10T14:05:09.1234567-05:00", "2021-03-10T19:05:09Z")]
    [InlineData("2021-03-10T14:05:09,5+0530", "2021-03-10T08:35:09Z")]
    [InlineData("2021-03-10 14:05", "2021-03-10T14:05:00Z")]
    [InlineData("20210310T140509Z", "2021-03-10T14:05:09Z")]
    [InlineData("20210310140509", "2021-03-10T14:05:09Z")]
    [InlineData("2021-03-10", "2021-03-10T00:00:00Z")]
    [InlineData("2021-03", "2021-03-01T00:00:00Z")]
    [InlineData("2021", "2021-01-01T00:00:00Z")]
    [InlineData("2021-069", "2021-03-10T00:00:00Z")]
    [InlineData("2021-W10-3", "2021-03-10T00:00:00Z")]
    [InlineData("2021/03/10 14:05:09", "2021-03-10T14:05:09Z")]
    [InlineData("1615385109", "2021-03-10T14:05:09Z")]
    [InlineData("1615385109000", "2021-03-10T14:05:09Z")]
    public void A_date_of_iso_8601_and_its_kin_is_read(string text, string utc) => AssertReads(text, utc);

    [Theory]
    [InlineData("wo 10 mrt 2021 14.05 uur")]
    [InlineData("Mi, 10 Mär 2021 14:05:00")]
    [InlineData("10. März 2021, 14:05 Uhr")]
    [InlineData("mer., 10 mars 2021 14h05")]
    [InlineData("mié, 10 marzo 2021 14:05")]
    [InlineData("mer 10 mar 2021 14:05")]
    [InlineData("qua, 10 março 2021 14:05")]
    [InlineData("ons 10 marts 2021 14:05")]
    [InlineData("keskiviikko 10. maaliskuuta 2021 14.05")]
    [InlineData("śr., 10 marca 2021 14:05")]
    [InlineData("st, 10. března 2021 14:05")]
    [InlineData("2021. március 10. 14:05")]
    [InlineData("mie, 10 martie 2021 14:05")]
    [InlineData("srijeda, 10. ožujka 2021 14:05")]
    [InlineData("среда, 10. март 2021. 14:05")]
    [InlineData("sreda, 10. marec 2021 14:05")]
    [InlineData("Τετ, 10 Μαρ 2021 14:05")]
    [InlineData("10 Mart 2021 Çarşamba 14:05")]
    [InlineData("e mërkurë, 10 mars 2021 14:05")]
    [InlineData("сряда, 10 март 2021 г., 14:05")]
    [InlineData("ср, 10 березня 2021 14:05")]
    [InlineData("ср, 10 марта 2021 14:05")]
    [InlineData("2021 kovo 10 14:05")]
    [InlineData("2021年3月10日 14時05分")]
    [InlineData("2021年3月10日 下午2:05")]
    [InlineData("2021-03-10 오후 02:05:00")]
    [InlineData("2021년 3월 10일 오후 11:05:00 KST")]
    [InlineData("١٠ Mar ٢٠٢١ ١٤:٠٥")]
    [InlineData("10.03.2021 14:05")]
    [InlineData("13:05, 10-03-2021 -0100")]
    public void Month_names_and_orders_of_other_languages_are_read(string text) => AssertReads(text, "2021-03-10T14:05:00Z");

    [Theory]
    [InlineData("mar., 08 juin 2021", 6)]
    [InlineData("mar, 08 ene 2021", 1)]
    [InlineData("8 mei 2021", 5)]
    [InlineData("8 Dez 2021", 12)]
    [InlineData("8 lipca 2021", 7)]
    [InlineData("8 lipnja 2021", 6)]
    [InlineData("8 červen 2021", 6)]
    [InlineData("8 července 2021", 7)]
    [InlineData("8 listopada 2021", 11)]
    [InlineData("8 агд 2021", 0)]
    public void A_weekday_is_not_taken_for_a_month_and_alike_months_are_told_apart(string text, int month)
    {
        Assert.Equal(month, FeedDate.Parse(text)?.Month ?? 0);
    }

    [Theory]
    [InlineData("yesterday at noon")]
    [InlineData("")]
    [InlineData("10:30")]
    [InlineData("06/08/2021")]
    [InlineData("08-06-21")]
    [InlineData("32 Mar 2021")]
    [InlineData("2021-03-10 25:61")]
    [InlineData("2021-13-10")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 -0500")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 +0500")]
    [InlineData("99999999999999999999999999")]
    [InlineData("10 Mar 2021 14:05 +9999")]
    public void What_cannot_be_told_for_sure_is_unknown(string text)
    {
        Assert.Null(FeedDate.Parse(text));
    }

    [Theory]
    [InlineData("22/06/2021 10:00", "2021-06-22T10:00:00Z")]
    [InlineData("06/22/2021 10:00", "2021-06-22T10:00:00Z")]
    [InlineData("06/08/2021 10:00 PM", "2021-06-08T22:00:00Z")]
    public void Slashes_are_read_where_the_order_shows(string text, string utc) => AssertReads(text, utc);

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            AssertReads("FRI, 10 APRIL 2020 10:00:00 GMT", "2020-04-10T10:00:00Z");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void AssertReads(string text, string utc) =>
        Assert.Equal(utc, FeedDate.Parse(text)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
