package io.hindcast.simulator.synthetic;

/**
 * Vocabulary of generated articles. A change of any word changes the articles, so it needs a new version number in the
 * description of {@link SyntheticNews}.
 */
final class NewsVocabulary {

    static final String[] VOICES = {
        "Norra Capital",
        "Velo Research",
        "Halden Bank",
        "Quill Markets",
        "Tarn Partners",
        "Orrin Desk",
        "Larkfield",
        "Brightwater Funds",
        "Sable Trading",
        "Mosaic Analytics",
        "Pinecrest Advisors",
        "Delta Reef",
        "Kestrel Group",
        "Juniper House",
        "Ironbridge",
        "Maren Securities",
        "Copperline",
        "Aster Exchange",
        "Fjord Digital",
        "Monsoon Labs"
    };

    static final String[][] TONES = {
        {
            "warns of a sell-off in %s", "sees %s sliding further", "cuts its holdings of %s", "expects weakness in %s",
            "calls the drop of %s overdue", "sees outflows hurting %s", "turns bearish on %s", "fears a plunge of %s"
        },
        {
            "sees %s going sideways", "expects a quiet session for %s", "keeps its view of %s",
                    "publishes a note on %s",
            "reviews the week of %s", "finds %s little changed", "explains how custody of %s works",
                    "surveys holders of %s"
        },
        {
            "expects a rally in %s", "sees %s breaking higher", "adds to its holdings of %s", "sees strength in %s",
            "calls the rise of %s well founded", "sees inflows lifting %s", "turns bullish on %s",
                    "predicts a surge of %s"
        }
    };

    static final String[] OCCASIONS = {
        "after a review of order books", "as funds rebalance", "ahead of the options expiry",
                "following miners' reports",
        "on exchange data", "before the policy meeting", "as trading desks return", "after a regulator's hearing",
        "on new wallet figures", "amid thin weekend trading", "as volumes shift to Asia", "after a conference in Oslo",
        "with derivatives in focus", "as lenders publish results", "on payment network growth",
                "after a software release"
    };

    static final String[][] REMARKS = {
        {
            "Selling pressure is building, the note says.", "Losses could deepen if support breaks.",
            "Investors are withdrawing money.", "Risks point down, it adds."
        },
        {
            "Little has changed, the note says.",
            "Positions are balanced.",
            "Neither side has the upper hand.",
            "The report makes no forecast."
        },
        {
            "Buying interest is growing, the note says.", "Gains could extend if resistance breaks.",
            "Investors are putting in money.", "Chances point up, it adds."
        }
    };

    static final String[] FILLERS = {
        "The report covers the last quarter.", "A spokesperson declined to comment.", "Details follow next week.",
        "The figures are provisional.", "The survey asked four hundred people.", "The full text is public."
    };

    private NewsVocabulary() {}
}
