namespace FeedWatch.Detecting;

/// <summary>Web sites of police forces, prosecutors and courts, told by their host name.</summary>
internal static class OfficialSites
{
    private static readonly string[] Endings =
    [
        ".gov", ".mil", ".gov.uk", ".gov.au", ".govt.nz", ".gc.ca", ".gouv.fr", ".gob.es", ".gov.pl", ".gov.it", ".gov.pt", ".gov.tr", ".police.uk",
        "europol.europa.eu", "eurojust.europa.eu", "curia.europa.eu", "interpol.int", "coe.int", "politie.nl", "om.nl", "fiod.nl", "rechtspraak.nl",
        "politie.be", "police.be", "om-mp.be", "bka.de", "polizei.de", "bundesgerichtshof.de", "bundesverfassungsgericht.de", "presseportal.de/blaulicht",
        "polisen.se", "aklagare.se", "politiet.no", "politi.dk", "anklagemyndigheden.dk", "poliisi.fi", "policia.es", "guardiacivil.es", "poliziadistato.it",
        "carabinieri.it", "gdf.gov.it", "nationalcrimeagency.gov.uk", "rcmp-grc.gc.ca", "policja.pl", "policiajudiciaria.pt", "garda.ie",
    ];

    public static bool Have(Uri? link)
    {
        if (link is not { IsAbsoluteUri: true } || link.Host.Length == 0) return false;
        var address = link.Host + link.AbsolutePath;
        return Endings.Any(e => e.Contains('/', StringComparison.Ordinal)
            ? address.Contains(e, StringComparison.OrdinalIgnoreCase)
            : link.Host.EndsWith(e, StringComparison.OrdinalIgnoreCase) && (link.Host.Length == e.Length || e[0] == '.' || link.Host[^(e.Length + 1)] == '.'));
    }
}
