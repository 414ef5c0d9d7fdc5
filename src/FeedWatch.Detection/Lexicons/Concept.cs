namespace FeedWatch.Detection.Lexicons;

/// <summary>What a term is evidence of. The names, in kebab case, are the keys under <c>concepts</c> in a lexicon file.</summary>
internal enum Concept
{
    /// <summary>A name from networks.yaml.</summary>
    Network,

    /// <summary>A name from operations.yaml.</summary>
    Operation,

    /// <summary>A name from agencies.yaml.</summary>
    Agency,

    /// <summary>A country, nationality, city or region.</summary>
    Country,

    /// <summary>The thing itself, said so that nothing else can be meant: crypto phone, PGP phone, crime messenger.</summary>
    Thing,

    /// <summary>Encrypted, ciphered: makes a thing of a service word beside it.</summary>
    Encrypted,

    /// <summary>Secure, secret, untappable: makes a weaker thing of a service word beside it.</summary>
    Secret,

    /// <summary>Messenger, app, platform, handset, phone, network.</summary>
    Service,

    /// <summary>Dismantled, taken offline, rolled up.</summary>
    Takedown,

    /// <summary>Cracked, hacked, read along, intercepted.</summary>
    Infiltration,

    /// <summary>Arrested, held, in custody.</summary>
    Arrest,

    /// <summary>Raids, house searches.</summary>
    Search,

    /// <summary>Seized, confiscated.</summary>
    Seizure,

    /// <summary>Charged, indicted, extradited.</summary>
    Charge,

    /// <summary>Convicted, sentenced, jailed.</summary>
    Conviction,

    /// <summary>Trial, ruling, appeal, evidence, admissible.</summary>
    Court,

    /// <summary>Criminals, traffickers, the underworld, drugs, murder.</summary>
    Crime,

    /// <summary>Police, investigators, prosecutors, authorities.</summary>
    Police,

    /// <summary>Founder, boss, administrator, reseller of a service.</summary>
    Operator,

    /// <summary>Who sells a network's phones, or that they are sold; the term's name says which. Speaks neither for nor against an event.</summary>
    Seller,

    /// <summary>Says that messages may, or may not, be used as evidence. Speaks neither for nor against an event.</summary>
    Admissible,

    /// <summary>Newspapers, the media: who says what the police do not. Speaks neither for nor against an event.</summary>
    Press,

    /// <summary>Says that something came of an older takedown: after the hack, thanks to the messages, fallout, balance.</summary>
    Aftermath,

    /// <summary>Says that it is no report: opinion, how it works, podcast, what does it mean.</summary>
    Explainer,

    /// <summary>Says that something happened just now: weekdays, today, announced.</summary>
    Fresh,

    /// <summary>Stands between a thing and its name: called, named, of the brand.</summary>
    Called,

    /// <summary>Stands between what was said and what carried it: on, via, through.</summary>
    Through,

    /// <summary>Stands before the place where something is: in, at.</summary>
    Within,

    /// <summary>Stands before the place that something comes from or goes to: from, to.</summary>
    Origin,

    /// <summary>Stands before a network that is named to compare another with it, in time or in kind: after, before, than.</summary>
    Reminder,

    /// <summary>Says that two cases are not one: nothing to do with, no link, unrelated.</summary>
    Apart,

    /// <summary>Who was told of before: he, she, him.</summary>
    Pronoun,

    /// <summary>What a country does in another one's case: took part, helped.</summary>
    TakingPart,

    /// <summary>Heads a report that takes another one back: correction, erratum.</summary>
    Correction,

    /// <summary>A word that makes a name of a network together with the one before it: Secure, Chat, Messenger.</summary>
    NamePart,

    /// <summary>Speaks for another topic; the term's name says which.</summary>
    Against,

    /// <summary>Something that is counted; the term's name is the kind of figure or what it needs to become one.</summary>
    Counted,

    /// <summary>Says when something was: years after, last year, in June; the term's name says what stands there.</summary>
    Past,

    /// <summary>A drug; the term's name says which.</summary>
    Drug,

    /// <summary>A unit of weight; the term's value is its size in kg.</summary>
    Weight,

    /// <summary>A currency; the term's name is its ISO 4217 code.</summary>
    Currency,

    /// <summary>Worldwide, in Europe; the term's name is the scope.</summary>
    Scope,

    /// <summary>A function word: shows which language a text is in.</summary>
    Common,
}
